package dev.databasetraffic.kit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A TCP server on the loopback address. One thread serves it, its connections, and those that they are joined to. */
@SuppressWarnings("FutureReturnValueIgnored") // a listener's end is nobody's concern
public final class TcpServer implements AutoCloseable {

    private static final int LONGEST_END_SECONDS = 2;

    private final EventLoopGroup threads;
    private final EventLoop thread;
    private final Consumer<Channel> accepted;

    private volatile @Nullable InetSocketAddress address;

    /** Confined to the thread once it listens. */
    private @Nullable Channel listener;

    private volatile @Nullable ChannelFuture resumed;

    /**
     * Does not listen yet.
     *
     * @param accepted given each new connection, on the thread; nothing is read from it until auto-read is set
     */
    public TcpServer(Consumer<Channel> accepted) {
        this(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()), accepted);
    }

    private TcpServer(EventLoopGroup threads, Consumer<Channel> accepted) {
        this.threads = threads;
        this.thread = threads.next();
        this.accepted = accepted;
    }

    /** Another port on the same thread, for who must not be told of two connections at once; closing one closes both. */
    public TcpServer beside(Consumer<Channel> alsoAccepted) {
        return new TcpServer(threads, alsoAccepted);
    }

    /**
     * Returns when it listens.
     *
     * @param port 0 for any that is free
     * @throws IOException if it cannot listen there; it is closed then
     */
    public void listen(int port) throws IOException {
        ChannelFuture bound = bind(Loopback.at(port)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new IOException(
                    "cannot listen on port " + port + ": " + bound.cause().getMessage(), bound.cause());
        }
        listener = bound.channel();
        address = (InetSocketAddress) bound.channel().localAddress();
    }

    /** Where it listens, or did before it paused. */
    public InetSocketAddress address() {
        InetSocketAddress known = address;
        if (known == null) {
            throw new IllegalStateException("does not listen yet");
        }
        return known;
    }

    /** Refuses new connections from now on. To be called on the thread. */
    public void pause() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /** Ends what {@link #pause} began, at the same address. To be called on the thread. */
    public void resume() {
        if (listener == null) {
            ChannelFuture again = bind(address());
            listener = again.channel();
            resumed = again;
            again.addListener(bound -> {
                if (!bound.isSuccess()) {
                    listener = null;
                }
            });
        }
    }

    /**
     * Returns when it listens again. Not to be called on the thread.
     *
     * @throws IOException if it could not when it was to resume, as somebody else has its port now
     */
    public void awaitResumed() throws IOException {
        ChannelFuture again = resumed;
        if (again != null && !again.awaitUninterruptibly().isSuccess()) {
            throw new IOException(
                    "cannot listen on port " + address().getPort() + " again: "
                            + again.cause().getMessage(),
                    again.cause());
        }
    }

    public EventLoop thread() {
        return thread;
    }

    /** Runs a task on the thread; returns when it is done. */
    public void onThread(Runnable task) {
        thread.submit(task).syncUninterruptibly();
    }

    /** Ends its connections as well. */
    @Override
    public void close() {
        threads.shutdownGracefully(0, LONGEST_END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private ChannelFuture bind(InetSocketAddress at) {
        return new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                // Connections of before a pause must not keep the port.
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        accepted.accept(client);
                    }
                })
                .bind(at);
    }
}
