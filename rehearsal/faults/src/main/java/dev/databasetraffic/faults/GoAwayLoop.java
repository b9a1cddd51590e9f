package dev.databasetraffic.faults;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;

/** Every connection is told to go away before its first call: GOAWAY, no error, with no call accepted any more. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel
final class GoAwayLoop implements CallFault {

    @Override
    public String name() {
        return "goaway";
    }

    @Override
    public String seen() {
        return "GOAWAY on each connection";
    }

    @Override
    public void connected(Channel connection) {
        connection.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
    }
}
