package dev.databasetraffic.plants.firestore;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the attempts of one call, so that "not written" is said only when it is sure.
 *
 * <p>gRPC tells a tracer {@code streamCreated} when an attempt gets a stream on a connected transport; before that, an
 * attempt waits in the channel and has sent nothing. An attempt that had a stream may have been carried out unless it
 * ended with an answer that says otherwise, or gRPC itself repeats it transparently, which it does only if the server
 * never processed it.
 */
final class Attempts extends ClientStreamTracer.Factory {

    private final List<Attempt> attempts = new ArrayList<>(1);

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        synchronized (attempts) {
            if (info.isTransparentRetry() && !attempts.isEmpty()) {
                attempts.remove(attempts.size() - 1);
            }
            Attempt attempt = new Attempt();
            attempts.add(attempt);
            return attempt;
        }
    }

    /** Whether any attempt may have been carried out. */
    boolean mayHaveBeenApplied() {
        synchronized (attempts) {
            return attempts.stream().anyMatch(Attempt::mayHaveBeenApplied);
        }
    }

    /** Whether any attempt but the last, which was answered, may have been carried out. */
    boolean earlierMayHaveBeenApplied() {
        synchronized (attempts) {
            return attempts.stream().limit(Math.max(0, attempts.size() - 1)).anyMatch(Attempt::mayHaveBeenApplied);
        }
    }

    private static final class Attempt extends ClientStreamTracer {

        private volatile boolean onTransport;
        private volatile @Nullable Status end;

        @Override
        public void streamCreated(Attributes transport, Metadata headers) {
            onTransport = true;
        }

        @Override
        public void streamClosed(Status status) {
            end = status;
        }

        boolean mayHaveBeenApplied() {
            Status status = end;
            return onTransport && (status == null || !FirestoreFailure.isDefinite(status.getCode()));
        }
    }
}
