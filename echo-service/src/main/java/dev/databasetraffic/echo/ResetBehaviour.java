package dev.databasetraffic.echo;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;

/**
 * The peer connects, sends, and gets RST instead of an answer.
 *
 * <p>After its first bytes rather than on accept: a connection that is turned away at once is what a Service without
 * endpoints is for, while this one proves that the bytes arrived, and the log says whose they were.
 */
// That a connection is closed is seen where it ends, not where that is asked for.
@SuppressWarnings("FutureReturnValueIgnored")
final class ResetBehaviour extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        ReferenceCountUtil.release(bytes);
        // Closing with a linger time of zero sends RST, not FIN: socket(7), SO_LINGER.
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        context.close();
    }
}
