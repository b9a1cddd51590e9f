package dev.databasetraffic.channelguard;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A call that is never sent. */
final class RefusedCall<Q, A> extends ClientCall<Q, A> {

    private final Status status;
    private final Executor executor;

    /** @param executor tells the caller, who may not be called back from within {@link #start} */
    RefusedCall(Status status, Executor executor) {
        this.status = status;
        this.executor = executor;
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
        executor.execute(() -> listener.onClose(status, new Metadata()));
    }

    @Override
    public void request(int messages) {}

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {}

    @Override
    public void halfClose() {}

    @Override
    public void sendMessage(Q message) {}
}
