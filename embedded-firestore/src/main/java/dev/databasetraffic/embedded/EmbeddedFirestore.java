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

    private final Store store;
    private final Server server;
    private final String host;

    private EmbeddedFirestore(Store store, Server server, String host) {
        this.store = store;
        this.server = server;
        this.host = host;
    }

    /**
     * Returns when it answers.
     *
     * @throws IOException if it can't listen on the port
     */
    public static EmbeddedFirestore start(EmbeddedFirestoreOptions options) throws IOException {
        Store store = new Store(options, Clock.systemUTC(), System::nanoTime);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(options.host(), options.port()))
                .addService(FirestoreMethods.bind(new FirestoreService(store)))
                .fallbackHandlerRegistry(new UnimplementedMethods())
                .maxInboundMessageSize(MAX_REQUEST_BYTES)
                .build()
                .start();
        return new EmbeddedFirestore(store, server, options.host());
    }

    public String host() {
        return host;
    }

    public int port() {
        return server.getPort();
    }

    /** As the client libraries want it, such as in {@code FIRESTORE_EMULATOR_HOST}. */
    public String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** Deletes every document of all of the project's databases, frees them, and ends all transactions. */
    public void clear(String project) {
        store.clear(project);
    }

    /** How many bytes of heap the documents take, estimated: what the memory limit is held against. */
    public long footprint() {
        return store.footprint();
    }

    /** Waits for its end. */
    void awaitEnd() throws InterruptedException {
        server.awaitTermination();
    }

    /** Calls under way have a second to end. */
    @Override
    public void close() {
        server.shutdown();
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
