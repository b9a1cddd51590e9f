package dev.databasetraffic.kit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * Hands on to another channel what one channel reads. Reading stops while the other side has more to send than its
 * high-water mark. When one side ends, so does the other, with a reset if the first was reset.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, which channelInactive handles
public final class ByteRelay extends ChannelInboundHandlerAdapter {

    /** As Netty's own but for the last, the largest, which is 64 KB there. */
    private static final RecvByteBufAllocator LARGE_PIECES = new AdaptiveRecvByteBufAllocator(64, 2048, 512 * 1024);

    private final Channel peer;

    private ByteRelay(Channel peer) {
        this.peer = peer;
    }

    /**
     * Reads as much at once as fast streams bring, for who passes bytes and does not look at them: each piece wakes up whoever
     * waits for it, which costs more than copying it. A slow stream's pieces stay small. To be called before anything is read.
     */
    public static void readLargePieces(Channel channel) {
        channel.config().setRecvByteBufAllocator(LARGE_PIECES);
    }

    /** Connects to a target on the thread of the channel that is to be joined to it; nothing is read from it yet. */
    public static ChannelFuture dial(Channel from, InetSocketAddress target) {
        return new Bootstrap()
                .group(from.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(target);
    }

    /** As {@link #lead(Channel, InetSocketAddress, Consumer)}, for those who have nothing to see to. */
    public static void lead(Channel client, InetSocketAddress target) {
        lead(client, target, server -> {});
    }

    /**
     * Joins a channel, told not to read yet, to a target that it dials for it. The channel is reset if nobody answers.
     *
     * @param connected given the other side before the first byte passes
     */
    public static void lead(Channel client, InetSocketAddress target, Consumer<Channel> connected) {
        dial(client, target).addListener((ChannelFuture dialled) -> {
            if (!dialled.isSuccess()) {
                reset(client);
            } else if (client.isActive()) {
                connected.accept(dialled.channel());
                join(client, dialled.channel());
            } else {
                dialled.channel().close();
            }
        });
    }

    /** Connects two channels, both active and both told not to read yet, in both directions, and has them read. */
    public static void join(Channel one, Channel other) {
        one.pipeline().addLast(new ByteRelay(other));
        other.pipeline().addLast(new ByteRelay(one));
        one.config().setAutoRead(true);
        other.config().setAutoRead(true);
    }

    /** Ends a connection so that the other side gets a TCP reset; what was not sent yet is dropped. */
    public static void reset(Channel channel) {
        if (channel.isActive()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.unsafe().closeForcibly();
        // That alone would leave its closeFuture open for ever.
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (peer.isActive()) {
            peer.write(message, peer.voidPromise());
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        peer.flush();
        if (!peer.isWritable()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        peer.config().setAutoRead(ctx.channel().isWritable());
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (peer.isActive()) {
            peer.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        peer.eventLoop().execute(() -> reset(peer));
        ctx.close();
    }
}
