package dev.databasetraffic.kit;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;

/** Ends TLS, as a managed database does, and hands the bytes on to a plain-text port. */
public final class TlsTerminator implements AutoCloseable {

    private final TcpServer server;

    private TlsTerminator(TcpServer server) {
        this.server = server;
    }

    /**
     * Returns when it listens.
     *
     * @param port to listen on at the loopback address, 0 for any free one
     * @param identity whose certificate it shows
     * @param target where the bytes go
     * @throws IOException if it cannot listen there
     */
    public static TlsTerminator start(int port, X509Bundle identity, InetSocketAddress target) throws IOException {
        SslContext tls = serverContext(identity);
        TcpServer server = new TcpServer(client -> {
            client.pipeline().addLast(tls.newHandler(client.alloc()));
            ByteRelay.lead(client, target);
        });
        server.listen(port);
        return new TlsTerminator(server);
    }

    /** What a server of this identity speaks: TLS, and in it HTTP/2, or HTTP/1.1. */
    public static SslContext serverContext(X509Bundle identity) throws SSLException {
        return SslContextBuilder.forServer(identity.getKeyPair().getPrivate(), identity.getCertificatePathWithRoot())
                .sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1))
                .build();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Ends its connections as well. */
    @Override
    public void close() {
        server.close();
    }
}
