package dev.databasetraffic.mesh.router;

import dev.databasetraffic.kit.ByteRelay;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the sidecar: takes the connections that a workload means for the database, reads the server name of their
 * TLS greeting and passes the bytes through to where the manifests send that name. It never sees into TLS.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are watched through the channels they belong to
public final class SniRouter implements AutoCloseable {

    private final RouterOptions options;
    private final MeshFolder folder;
    private final EventLoopGroup threads;
    private final EventLoop thread;
    private final OpenConnections connections = new OpenConnections();
    private final FilterChain steady;
    private @Nullable Channel listener;

    // Confined to the thread, except that notes() reads the routes.
    private volatile Routes routes;
    private Map<Path, String> versions;
    private boolean awaitsOldConnections;
    private boolean awaitsDiversion;

    private SniRouter(RouterOptions options) throws ManifestException, IOException {
        this.options = options;
        folder = new MeshFolder(options.steadyState(), options.outages());
        versions = folder.versions();
        routes = routesOf(folder);
        steady = Routes.of(
                        Manifest.read(options.steadyState()),
                        options.meshPort(),
                        options.workload(),
                        options.unknownHosts())
                .match(options.database());
        threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        thread = threads.next();
    }

    /**
     * Returns when it listens with the manifests' routes.
     *
     * @throws ManifestException if a manifest cannot be read
     * @throws IOException if it cannot listen, or a folder cannot be read
     */
    public static SniRouter start(RouterOptions options) throws ManifestException, IOException {
        SniRouter router = new SniRouter(options);
        ChannelFuture bound = new ServerBootstrap()
                .group(router.threads)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        client.pipeline().addLast(router.new ServerNameHandler());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            router.close();
            throw new IOException(
                    "cannot listen on port " + options.port() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        router.listener = bound.channel();
        long poll = options.poll().toMillis();
        router.thread.scheduleWithFixedDelay(router::reloadIfChanged, poll, poll, TimeUnit.MILLISECONDS);
        return router;
    }

    public InetSocketAddress address() {
        if (listener == null) {
            throw new IllegalStateException("the router does not listen yet");
        }
        return (InetSocketAddress) listener.localAddress();
    }

    /** What in the manifests now in force has no effect, or another than one might think; a sentence each. */
    public List<String> notes() {
        return List.copyOf(routes.notes());
    }

    /**
     * Puts a manifest into the folder of outages; its routes are in force on return.
     *
     * @throws ManifestException if it cannot be read; nothing was changed then
     * @throws IOException if the folder cannot be written
     */
    public void apply(Path outage) throws ManifestException, IOException {
        onThread(() -> {
            Routes.of(folder.readWith(outage), options.meshPort(), options.workload(), options.unknownHosts());
            folder.put(outage);
            reload();
            return null;
        });
    }

    /**
     * Empties the folder of outages; the healthy routes are in force on return.
     *
     * @throws IOException if a file cannot be removed
     */
    public void removeOutages() throws ManifestException, IOException {
        onThread(() -> {
            folder.clear();
            reload();
            return null;
        });
    }

    /** Ends its connections as well. */
    @Override
    public void close() {
        threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void reloadIfChanged() {
        try {
            if (!folder.versions().equals(versions)) {
                reload();
            }
        } catch (ManifestException | IOException e) {
            options.problems().accept("The outage folder's change is not in force: " + e.getMessage());
        }
    }

    private void reload() throws ManifestException, IOException {
        // Remembered first: a file that cannot be read is reported once, not at every look.
        versions = folder.versions();
        Routes next = routesOf(folder);
        FilterChain before = routes.match(options.database());
        FilterChain now = next.match(options.database());
        routes = next;
        connections.drain(next, options.drain());
        if (now.equals(before)) {
            return;
        }
        if (now.equals(steady)) {
            awaitsOldConnections = false;
            awaitsDiversion = false;
            tell(MeshEvent.Kind.REMOVED, "new connections go to " + describe(now));
        } else {
            tell(MeshEvent.Kind.APPLIED, "new connections go to " + describe(now));
            awaitsDiversion = true;
            awaitsOldConnections = true;
            tellIfOldConnectionsGone();
        }
    }

    private void tellIfOldConnectionsGone() {
        if (awaitsOldConnections && !connections.any(steady)) {
            awaitsOldConnections = false;
            tell(MeshEvent.Kind.OLD_CONNECTION_GONE, "no connection that was open before the rule is left");
        }
    }

    private void tellIfDiverted(FilterChain chain, String where) {
        if (awaitsDiversion && !chain.equals(steady) && !where.startsWith(options.database() + ":")) {
            awaitsDiversion = false;
            tell(MeshEvent.Kind.DIVERTED, where);
        }
    }

    private void tell(MeshEvent.Kind kind, String detail) {
        options.events().accept(new MeshEvent(kind, Instant.now(), detail));
    }

    private Routes routesOf(MeshFolder source) throws ManifestException, IOException {
        return Routes.of(source.read(), options.meshPort(), options.workload(), options.unknownHosts());
    }

    private static String describe(FilterChain chain) {
        return chain.destinations().isEmpty()
                ? "nowhere"
                : String.join(
                        " or ",
                        chain.destinations().stream().map(Destination::toString).toList());
    }

    private void onThread(Callable<@Nullable Void> action) throws ManifestException, IOException {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                done.complete(action.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ManifestException manifest) {
                throw manifest;
            }
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e;
        }
    }

    /** Waits for the greeting, connects to where its server name leads, and steps aside. */
    private final class ServerNameHandler extends AbstractSniHandler<Channel> {

        @Override
        protected Future<Channel> lookup(ChannelHandlerContext ctx, @Nullable String serverName) {
            Promise<Channel> connected = ctx.executor().newPromise();
            FilterChain chain = routes.match(serverName);
            connections.add(ctx.channel(), String.valueOf(serverName), chain, SniRouter.this::tellIfOldConnectionsGone);
            Destination destination = chain.choose(ThreadLocalRandom.current());
            if (destination == null) {
                tellIfDiverted(chain, "reset: the mesh does not know this host");
                connected.setFailure(new IOException("no destination"));
            } else if (options.services().resolve(destination) instanceof Services.Endpoint.At at) {
                tellIfDiverted(chain, destination.toString());
                connect(ctx, at.address(), connected);
            } else if (options.services().resolve(destination) instanceof Services.Endpoint.None none) {
                tellIfDiverted(chain, destination + " (reset: " + none.reason() + ", " + none.flag() + ")");
                connected.setFailure(new IOException(none.reason()));
            }
            return connected;
        }

        @Override
        protected void onLookupComplete(ChannelHandlerContext ctx, @Nullable String serverName, Future<Channel> found) {
            if (!found.isSuccess()) {
                ByteRelay.reset(ctx.channel());
            } else if (ctx.channel().isActive()) {
                ByteRelay.join(ctx.channel(), found.getNow());
                // Leaving hands the greeting, kept until now, to the relay.
                ctx.pipeline().remove(this);
            } else {
                found.getNow().close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ByteRelay.reset(ctx.channel());
        }

        private void connect(ChannelHandlerContext ctx, InetSocketAddress address, Promise<Channel> connected) {
            ByteRelay.dial(ctx.channel(), address).addListener((ChannelFuture done) -> {
                if (done.isSuccess()) {
                    connected.setSuccess(done.channel());
                } else {
                    connected.setFailure(done.cause());
                }
            });
        }
    }
}
