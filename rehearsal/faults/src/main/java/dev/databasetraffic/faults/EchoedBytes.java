package dev.databasetraffic.faults;

import io.netty.channel.ChannelHandlerContext;

/** The peer gets its own bytes back: its ClientHello, which no TLS client takes for an answer. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel
final class EchoedBytes implements ConnectionFault {

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String seen() {
        return "its own bytes";
    }

    @Override
    public void accepted(Link link) {
        link.client().pipeline().addLast(new ErrorEnds() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ctx.writeAndFlush(message);
            }
        });
        link.client().config().setAutoRead(true);
    }
}
