package dev.databasetraffic.faults;

import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.kit.TlsTerminator;
import io.netty.handler.ssl.SslContext;
import java.io.UncheckedIOException;
import javax.net.ssl.SSLException;

/** The peer is greeted with a certificate for the right name from an authority that it does not know. */
final class WrongCertificate implements ConnectionFault {

    private final SslContext tls;

    WrongCertificate(String host) {
        try {
            tls = TlsTerminator.serverContext(ThrowawayAuthority.create().issue(host));
        } catch (SSLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "wrong-certificate";
    }

    @Override
    public String seen() {
        return "a certificate of an unknown authority";
    }

    @Override
    public Needs needs() {
        return Needs.TLS;
    }

    @Override
    public void accepted(Link link) {
        link.client().pipeline().addLast(tls.newHandler(link.client().alloc()), new ErrorEnds());
        link.client().config().setAutoRead(true);
    }
}
