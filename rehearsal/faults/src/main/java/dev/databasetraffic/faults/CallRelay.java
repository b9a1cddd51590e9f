package dev.databasetraffic.faults;

import dev.databasetraffic.kit.ByteRelay;
import dev.databasetraffic.kit.TcpServer;
import dev.databasetraffic.kit.TlsTerminator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ends TLS and HTTP/2 and passes each call on to the database, unless the fault in force answers it itself. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are watched through the channels they belong to
final class CallRelay implements AutoCloseable {

    private final TcpServer server = new TcpServer(this::accepted);
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
        relay.server.listen(0);
        return relay;
    }

    InetSocketAddress address() {
        return server.address();
    }

    /** In force on return. */
    void inject(CallFault newFault) {
        server.onThread(() -> {
            fault = newFault;
            List.copyOf(connections).forEach(newFault::connected);
        });
    }

    void heal() {
        server.onThread(() -> fault = null);
    }

    @Override
    public void close() {
        server.close();
    }

    /** One connection to the database for each of the service's, so that both end together. */
    private void accepted(Channel client) {
        ByteRelay.dial(client, database).addListener((ChannelFuture connected) -> {
            if (connected.isSuccess()) {
                serve(client, connected.channel());
            } else {
                ByteRelay.reset(client);
            }
        });
    }

    private void serve(Channel client, Channel database) {
        database.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forClient().build(),
                        new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
        client.pipeline()
                .addLast(
                        tls.newHandler(client.alloc()),
                        Http2FrameCodecBuilder.forServer().build(),
                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel call) {
                                call.pipeline().addLast(new CallHandler(() -> fault, database));
                            }
                        }),
                        new Greeting());
        client.closeFuture().addListener(closed -> {
            connections.remove(client);
            database.close();
        });
        // Politely, HTTP/2 would wait for the calls that nobody answers any more.
        database.closeFuture().addListener(closed -> ByteRelay.reset(client));
        database.config().setAutoRead(true);
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
