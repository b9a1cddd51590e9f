package dev.databasetraffic.faults;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;

/** The peer connects and sends its TLS greeting; the answer is an orderly end of the stream, a FIN without a byte. */
@SuppressWarnings("FutureReturnValueIgnored") // nothing is to be done when it is closed
final class FinAfterClientHello implements ConnectionFault {

    @Override
    public String name() {
        return "fin-after-hello";
    }

    @Override
    public String seen() {
        return "FIN in answer to the ClientHello";
    }

    @Override
    public Needs needs() {
        return Needs.TLS;
    }

    @Override
    public void accepted(Link link) {
        link.client().pipeline().addLast(new ErrorEnds() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ReferenceCountUtil.release(message);
                ctx.close();
            }
        });
        link.client().config().setAutoRead(true);
    }
}
