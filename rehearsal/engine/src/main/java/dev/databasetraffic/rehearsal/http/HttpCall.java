package dev.databasetraffic.rehearsal.http;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request that is under way. Confined to the thread of its connections, but for its reply. */
final class HttpCall {

    private final byte[] request;
    private final boolean safe;
    private final CompletableFuture<HttpReply> reply = new CompletableFuture<>();
    private @Nullable KeptConnection connection;
    private long deadline;

    /** @param safe whether it may be sent again if a connection ends that was kept too long */
    HttpCall(byte[] request, boolean safe) {
        this.request = request;
        this.safe = safe;
    }

    byte[] request() {
        return request;
    }

    boolean isSafe() {
        return safe;
    }

    CompletableFuture<HttpReply> reply() {
        return reply;
    }

    /** The one that it was sent on; null as long as there is none. */
    @Nullable
    KeptConnection connection() {
        return connection;
    }

    void sentOn(@Nullable KeptConnection on) {
        connection = on;
    }

    /** When its time is up, by {@link System#nanoTime}. */
    long deadline() {
        return deadline;
    }

    void endsAt(long nanos) {
        deadline = nanos;
    }
}
