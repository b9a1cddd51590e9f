package dev.databasetraffic.faults;

import dev.databasetraffic.kit.TlsTerminator;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.X509Bundle;
import java.io.UncheckedIOException;
import javax.net.ssl.SSLException;

/** TLS comes up with the right certificate and ALPN h2; then neither SETTINGS nor anything else answers the peer. */
final class Http2Silence implements ConnectionFault {

    private final SslContext tls;

    Http2Silence(X509Bundle identity) {
        try {
            tls = TlsTerminator.serverContext(identity);
        } catch (SSLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "http2-silence";
    }

    @Override
    public String seen() {
        return "TLS, then no HTTP/2";
    }

    @Override
    public Needs needs() {
        return Needs.GRPC;
    }

    @Override
    public void accepted(Link link) {
        link.client().pipeline().addLast(tls.newHandler(link.client().alloc()), new ErrorEnds());
        link.client().config().setAutoRead(true);
    }
}
