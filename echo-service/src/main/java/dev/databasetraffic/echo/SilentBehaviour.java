package dev.databasetraffic.echo;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** The peer connects, its bytes are acknowledged and thrown away, and no byte ever comes back. */
final class SilentBehaviour extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        ReferenceCountUtil.release(bytes);
        context.read();
    }
}
