package dev.databasetraffic.embedded;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * A stand-in for Firestore, in this JVM and in memory: gRPC in plain text, as the genuine emulator has it. It takes any
 * credentials and none.
 *
 * <p>What it does is held to the genuine emulator by a test; the module's README tells what it does not do.
 */
public final class EmbeddedFirestore implements AutoCloseable {

    /** Firestore's limit, and the overhead of a call. */
    private static final int MAX_REQUEST_BYTES = 11 << 20;

    private static final long GRACE_SECONDS = 1;

    private final EmbeddedFirestoreOptions options;
    private final Store store;
    private final int port;
    private Server server;

    private EmbeddedFirestore(EmbeddedFirestoreOptions options, Store store, Server server) {
        this.options = options;
        this.store = store;
        this.server = server;
        port = server.getPort();
    }

    /**
     * Returns when it answers.
     *
     * @throws IOException if it can't listen on the port
     */
    public static EmbeddedFirestore start(EmbeddedFirestoreOptions options) throws IOException {
        Store store = new Store(options, Clock.systemUTC(), System::nanoTime);
        return new EmbeddedFirestore(options, store, listen(options.host(), options.port(), store));
    }

    public String host() {
        return options.host();
    }

    public int port() {
        return port;
    }

    /** As the client libraries want it, such as in {@code FIRESTORE_EMULATOR_HOST}. */
    public String address() {
        return (host().contains(":") ? "[" + host() + "]" : host()) + ":" + port();
    }

    /** Deletes every document of all of the project's databases, frees them, and ends all transactions. */
    public void clear(String project) {
        store.clear(project);
    }

    /** How many bytes of heap the documents take, estimated: what the memory limit is held against. */
    public long footprint() {
        return store.footprint();
    }

    /** Ends every connection and listens no more, as if the process had died; what is stored stays. */
    public synchronized void crash() {
        end(server.shutdownNow());
        store.endTransactions();
    }

    /**
     * Comes back on the same port after {@link #crash}.
     *
     * @throws IOException if it can't listen on the port
     */
    public synchronized void revive() throws IOException {
        server = listen(host(), port, store);
    }

    /** Calls under way have a second to end. */
    @Override
    public synchronized void close() {
        end(server.shutdown());
    }

    /** Waits for its end. */
    void awaitEnd() throws InterruptedException {
        server.awaitTermination();
    }

    private static Server listen(String host, int port, Store store) throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
                .addService(FirestoreMethods.bind(new FirestoreService(store)))
                .fallbackHandlerRegistry(new UnimplementedMethods())
                .maxInboundMessageSize(MAX_REQUEST_BYTES)
                .build()
                .start();
    }

    private static void end(Server server) {
        try {
            if (!server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
