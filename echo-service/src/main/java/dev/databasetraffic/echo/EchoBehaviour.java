package dev.databasetraffic.echo;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * The peer gets every byte back, in order, then FIN once it has sent its own.
 *
 * <p>The next bytes are read when the last ones have left: a peer that never reads fills its own socket, not our memory.
 */
final class EchoBehaviour extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        context.writeAndFlush(bytes).addListener(written -> {
            if (written.isSuccess()) {
                context.read();
            }
        });
    }
}
