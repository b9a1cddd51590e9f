package dev.databasetraffic.faults;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** The end of the line for what a peer sends: dropped. Its reset or alert, which is what most faults are for, ends it. */
@SuppressWarnings("FutureReturnValueIgnored") // nothing is to be done when it is closed
class ErrorEnds extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
