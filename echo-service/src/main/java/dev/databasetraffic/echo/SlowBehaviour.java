package dev.databasetraffic.echo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The peer gets every byte back, in order, in drips: {@code echo.slow.drip} bytes each {@code echo.slow.interval}.
 *
 * <p>With the defaults a TLS client has to wait six seconds until it can see that the answer is no ServerHello.
 */
// The next drip needs no cancelling: it finds the connection gone.
@SuppressWarnings("FutureReturnValueIgnored")
final class SlowBehaviour extends ChannelInboundHandlerAdapter {

    private final EchoProperties.Slow slow;
    private ByteBuf undelivered = Unpooled.EMPTY_BUFFER;

    SlowBehaviour(EchoProperties.Slow slow) {
        this.slow = slow;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        undelivered = (ByteBuf) bytes;
        drip(context);
    }

    private void drip(ChannelHandlerContext context) {
        context.executor().schedule(() -> writeDrip(context), slow.interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void writeDrip(ChannelHandlerContext context) {
        if (!context.channel().isActive()) {
            return;
        }
        int length = (int) Math.min(slow.drip().toBytes(), undelivered.readableBytes());
        ChannelFuture writing = context.writeAndFlush(undelivered.readRetainedSlice(length));
        writing.addListener(written -> next(context, written));
    }

    private void next(ChannelHandlerContext context, Future<?> written) {
        if (!written.isSuccess()) {
            return;
        }
        if (undelivered.isReadable()) {
            drip(context);
        } else {
            release();
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        release();
        context.fireChannelInactive();
    }

    private void release() {
        undelivered.release();
        undelivered = Unpooled.EMPTY_BUFFER;
    }
}
