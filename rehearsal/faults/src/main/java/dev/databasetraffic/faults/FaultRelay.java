package dev.databasetraffic.faults;

import dev.databasetraffic.kit.LoopbackPorts;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Passes bytes on to the database's side, except where the fault in force has it otherwise. For rehearsals only. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are watched through the channels they belong to
final class FaultRelay implements AutoCloseable {

    /** Enough for a task to find itself after the next selection; one that is due at once would run before it. */
    private static final int SELECTION_MILLIS = 20;

    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop thread = threads.next();
    private final Set<Link> links = new LinkedHashSet<>();

    private final InetSocketAddress address;
    // Confined to the thread, like the two after it.
    private InetSocketAddress target;
    private @Nullable Channel listener;
    private @Nullable ConnectionFault fault;

    private FaultRelay(InetSocketAddress address, InetSocketAddress target) {
        this.address = address;
        this.target = target;
    }

    static FaultRelay start(InetSocketAddress target) throws IOException {
        FaultRelay relay =
                new FaultRelay(new InetSocketAddress(InetAddress.getLoopbackAddress(), LoopbackPorts.free()), target);
        ChannelFuture bound = relay.bind().awaitUninterruptibly();
        if (!bound.isSuccess()) {
            relay.close();
            throw new IOException("cannot listen: " + bound.cause().getMessage(), bound.cause());
        }
        relay.listener = bound.channel();
        return relay;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Where healthy connections lead from now on; those of before are reset. */
    void leadTo(InetSocketAddress newTarget) {
        target = newTarget;
        cutAll();
    }

    void inject(ConnectionFault newFault, Connections open) {
        if (open == Connections.CUT) {
            cutAll();
        } else {
            List.copyOf(links).forEach(newFault::left);
        }
        fault = newFault;
    }

    void heal() {
        ConnectionFault ended = fault;
        fault = null;
        listen();
        if (ended != null) {
            List.copyOf(links).forEach(ended::ended);
        }
    }

    void cutAll() {
        List.copyOf(links).forEach(Link::cut);
    }

    /** New connections are refused from now on. */
    void stopListening() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    /** Accepts again, at the same address. */
    void listen() {
        if (listener == null) {
            listener = bind().channel();
        }
    }

    EventLoop thread() {
        return thread;
    }

    /** Returns when the task is done. */
    void onThread(Runnable task) {
        thread.submit(task).syncUninterruptibly();
    }

    /** Returns after the next selection: until then the JDK's selector keeps a closed listener's port open. */
    void awaitSelection() {
        thread.schedule(() -> {}, SELECTION_MILLIS, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private ChannelFuture bind() {
        return new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                // Connections of an earlier listener must not keep the port.
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        accept(client);
                    }
                })
                .bind(address);
    }

    private void accept(Channel client) {
        Link link = new Link(client, target);
        links.add(link);
        client.closeFuture().addListener(closed -> links.remove(link));
        if (fault == null) {
            link.leadOn();
        } else {
            fault.accepted(link);
        }
    }
}
