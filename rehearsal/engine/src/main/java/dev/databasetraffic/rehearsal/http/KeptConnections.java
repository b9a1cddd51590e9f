package dev.databasetraffic.rehearsal.http;

import dev.databasetraffic.rehearsal.http.HttpReply.End;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Asks one server, each request on a connection of its own while it lasts. A connection that has become free is used
 * again, the latest first, and closed when nobody needed it for some seconds: before most servers do it, who would not
 * say so in time.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails to connect says so itself
public final class KeptConnections implements AutoCloseable {

    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final int LONGEST_HEAD = 1 << 18;
    private static final int LONGEST_END_SECONDS = 2;

    private final EventLoopGroup threads =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("caller", true), NioIoHandler.newFactory());
    private final EventLoop thread = threads.next();
    private final Bootstrap dialling;
    private final Deadlines untilAnswer;
    private final Deadlines untilEnd;
    private final Deque<KeptConnection> idle = new ArrayDeque<>();
    private boolean tidying;
    private boolean closed;

    /**
     * Does not connect yet.
     *
     * @param server with {@code http} or {@code https}, of which host and port count
     * @param timeout until an answer begins; likewise from then until its end
     */
    public KeptConnections(URI server, Duration timeout) {
        untilAnswer = new Deadlines(thread, timeout, this::expired);
        untilEnd = new Deadlines(thread, timeout, this::expired);
        boolean tls = "https".equals(server.getScheme());
        int port = server.getPort() >= 0 ? server.getPort() : tls ? 443 : 80;
        String host = server.getHost();
        SslContext ssl = tls ? trusting() : null;
        KeptConnection.Keeper keeper = new ThisKeeper();
        dialling = new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (ssl != null) {
                            channel.pipeline().addLast(named(ssl.newHandler(channel.alloc(), host, port)));
                        }
                        channel.pipeline()
                                .addLast(
                                        new HttpResponseDecoder(new HttpDecoderConfig().setMaxHeaderSize(LONGEST_HEAD)),
                                        new KeptConnection(channel, keeper));
                    }
                })
                .remoteAddress(host, port);
    }

    /**
     * Sends a request. Its end is told on the thread of the connections, and is never exceptional.
     *
     * @param request as it is on the wire
     * @param safe whether it may be sent again if a connection ends that was kept too long
     * @param leaves run when its turn has come, on the same thread
     */
    public CompletableFuture<HttpReply> send(byte[] request, boolean safe, Runnable leaves) {
        HttpCall call = new HttpCall(request, safe);
        thread.execute(() -> {
            leaves.run();
            begin(call);
        });
        return call.reply();
    }

    /** Ends all connections; of the requests under way nobody is told any more. */
    @Override
    public void close() {
        thread.submit(() -> closed = true).syncUninterruptibly();
        threads.shutdownGracefully(0, LONGEST_END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void begin(HttpCall call) {
        untilAnswer.add(call);
        KeptConnection free = idle.pollLast();
        while (free != null && !free.isOpen()) {
            free = idle.pollLast();
        }
        if (free == null) {
            dial(call);
        } else {
            free.send(call);
        }
    }

    private void dial(HttpCall call) {
        dialling.connect().addListener((ChannelFuture dialled) -> {
            KeptConnection connection =
                    dialled.isSuccess() ? dialled.channel().pipeline().get(KeptConnection.class) : null;
            if (connection == null) {
                end(call, HttpReply.none(End.NOT_CONNECTED));
            } else if (call.reply().isDone()) {
                connection.close();
            } else {
                connection.send(call);
            }
        });
    }

    private void expired(HttpCall call) {
        KeptConnection connection = call.connection();
        if (connection != null) {
            connection.close();
        }
        end(call, HttpReply.none(connection == null ? End.NOT_CONNECTED : End.TIMED_OUT));
    }

    private void end(HttpCall call, HttpReply reply) {
        if (!untilAnswer.remove(call)) {
            untilEnd.remove(call);
        }
        if (!closed) {
            call.reply().complete(reply);
        }
    }

    private void tidy() {
        long now = System.nanoTime();
        for (KeptConnection oldest = idle.peekFirst();
                oldest != null && (!oldest.isOpen() || now - oldest.lastUsed() >= KEPT_NANOS);
                oldest = idle.peekFirst()) {
            idle.pollFirst();
            oldest.close();
        }
        tidying = !idle.isEmpty();
        if (tidying) {
            thread.schedule(this::tidy, KEPT_NANOS / 4, TimeUnit.NANOSECONDS);
        }
    }

    /** That the JVM itself trusts. */
    private static SslContext trusting() {
        try {
            return new JdkSslContext(SSLContext.getDefault(), true, ClientAuth.NONE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SslHandler named(SslHandler handler) {
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    private final class ThisKeeper implements KeptConnection.Keeper {

        @Override
        public void begun(HttpCall call) {
            if (untilAnswer.remove(call)) {
                untilEnd.add(call);
            }
        }

        @Override
        public void ended(HttpCall call, HttpReply reply) {
            end(call, reply);
        }

        @Override
        public void lost(HttpCall call, boolean mayBeRepeated) {
            if (mayBeRepeated && !closed) {
                call.sentOn(null);
                dial(call);
            } else {
                end(call, HttpReply.none(End.BROKEN));
            }
        }

        @Override
        public void free(KeptConnection connection) {
            idle.addLast(connection);
            if (!tidying) {
                tidy();
            }
        }
    }
}
