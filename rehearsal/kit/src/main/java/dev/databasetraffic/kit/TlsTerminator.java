package dev.databasetraffic.kit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Ends TLS, as a managed database does, and hands the bytes on to a plain-text port. */
@SuppressWarnings("FutureReturnValueIgnored") // the listener of connect is all that there is to do
public final class TlsTerminator implements AutoCloseable {

    private final EventLoopGroup threads;
    private final Channel listener;

    private TlsTerminator(EventLoopGroup threads, Channel listener) {
        this.threads = threads;
        this.listener = listener;
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
        EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        client.pipeline().addLast(tls.newHandler(client.alloc()));
                        connect(client, target);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            threads.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException(
                    "cannot listen on port " + port + ": " + bound.cause().getMessage(), bound.cause());
        }
        return new TlsTerminator(threads, bound.channel());
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

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Ends its connections as well. */
    @Override
    public void close() {
        threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static void connect(Channel client, InetSocketAddress target) {
        ByteRelay.dial(client, target).addListener((ChannelFuture connected) -> {
            if (connected.isSuccess()) {
                ByteRelay.join(client, connected.channel());
            } else {
                ByteRelay.reset(client);
            }
        });
    }
}
