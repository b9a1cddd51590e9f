package dev.databasetraffic.databases.firestore;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answers to a query, passed on as they come, for as long as they come. */
final class ArrivingDocuments implements ClientResponseObserver<RunQueryRequest, RunQueryResponse> {

    /** How many are asked for at a time: one by one, each waits for two threads to be woken. */
    private static final int BATCH = 1000;

    private final Consumer<Document> found;
    private final Duration longestSilence;
    private final AtomicLong arrived = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable ClientCallStreamObserver<RunQueryRequest> call;
    private volatile @Nullable Throwable failure;

    ArrivingDocuments(Consumer<Document> found, Duration longestSilence) {
        this.found = found;
        this.longestSilence = longestSilence;
    }

    /**
     * Returns when the last has come and was passed on.
     *
     * @throws io.grpc.StatusRuntimeException if not all came, or none for too long
     */
    void await() throws InterruptedException {
        long before = -1;
        while (!ended.await(longestSilence.toNanos(), TimeUnit.NANOSECONDS)) {
            long now = arrived.get();
            if (now == before) {
                throw Status.DEADLINE_EXCEEDED
                        .withDescription("nothing came for " + longestSilence.toSeconds() + " s")
                        .asRuntimeException();
            }
            before = now;
        }
        if (failure != null) {
            throw Status.fromThrowable(failure).asRuntimeException();
        }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<RunQueryRequest> begun) {
        call = begun;
        begun.disableAutoRequestWithInitial(2 * BATCH);
    }

    @Override
    public void onNext(RunQueryResponse answer) {
        if (arrived.incrementAndGet() % BATCH == 0) {
            Objects.requireNonNull(call).request(BATCH);
        }
        // An answer without a document only tells the time of the read.
        if (answer.hasDocument()) {
            found.accept(answer.getDocument());
        }
    }

    @Override
    public void onError(Throwable reason) {
        failure = reason;
        ended.countDown();
    }

    @Override
    public void onCompleted() {
        ended.countDown();
    }
}
