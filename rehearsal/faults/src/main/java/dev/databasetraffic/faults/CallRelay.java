package dev.databasetraffic.faults;

import dev.databasetraffic.kit.ByteRelay;
import dev.databasetraffic.kit.TlsTerminator;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends TLS and HTTP/2 and passes each call on to the database, unless the fault in force answers it itself. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are watched through the channels they belong to
final class CallRelay implements AutoCloseable {

    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop thread = threads.next();
    private final Set<Channel> connections = new LinkedHashSet<>();
    private final SslContext tls;
    private final InetSocketAddress database;
    private @Nullable Channel listener;
    private @Nullable CallFault fault;

    private CallRelay(SslContext tls, InetSocketAddress database) {
        this.tls = tls;
        this.database = database;
    }

    static CallRelay start(X509Bundle identity, InetSocketAddress database) throws IOException {
        CallRelay relay = new CallRelay(TlsTerminator.serverContext(identity), database);
        ChannelFuture bound = new ServerBootstrap()
                .group(relay.threads)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        relay.connect(client);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            relay.close();
            throw new IOException("cannot listen: " + bound.cause().getMessage(), bound.cause());
        }
        relay.listener = bound.channel();
        return relay;
    }

    InetSocketAddress address() {
        if (listener == null) {
            throw new IllegalStateException("the relay does not listen yet");
        }
        return (InetSocketAddress) listener.localAddress();
    }

    /** In force on return. */
    void inject(CallFault newFault) {
        onThread(() -> {
            fault = newFault;
            List.copyOf(connections).forEach(newFault::connected);
        });
    }

    void heal() {
        onThread(() -> fault = null);
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Nullable
    CallFault fault() {
        return fault;
    }

    private void onThread(Runnable task) {
        thread.submit(task).syncUninterruptibly();
    }

    /** One connection to the database for each of the service's, so that both end together. */
    private void connect(Channel client) {
        new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel server) {
                        server.pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forClient().build(),
                                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                    }
                })
                .connect(database)
                .addListener((ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        serve(client, connected.channel());
                    } else {
                        ByteRelay.reset(client);
                    }
                });
    }

    private void serve(Channel client, Channel server) {
        client.pipeline()
                .addLast(
                        tls.newHandler(client.alloc()),
                        Http2FrameCodecBuilder.forServer().build(),
                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel call) {
                                call.pipeline().addLast(new CallHandler(CallRelay.this, server));
                            }
                        }),
                        new Greeting());
        client.closeFuture().addListener(closed -> {
            connections.remove(client);
            server.close();
        });
        server.closeFuture().addListener(closed -> client.close());
        client.config().setAutoRead(true);
    }

    /** Knows when a connection is ready for HTTP/2. */
    private final class Greeting extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
                connections.add(ctx.channel());
                if (fault != null) {
                    fault.connected(ctx.channel());
                }
            }
            ctx.fireUserEventTriggered(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
