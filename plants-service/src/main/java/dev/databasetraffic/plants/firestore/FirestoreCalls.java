package dev.databasetraffic.plants.firestore;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.api.gax.grpc.GrpcCallContext;
import com.google.cloud.firestore.v1.FirestoreClient;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** The calls that this service makes. A failed one ends with a {@link FirestoreFailure}, within its deadline. */
final class FirestoreCalls {

    private final FirestoreClient client;
    private final Availability availability;

    FirestoreCalls(FirestoreClient client, Availability availability) {
        this.client = client;
        this.availability = availability;
    }

    CompletableFuture<BatchWriteResponse> batchWrite(BatchWriteRequest request, Deadline deadline, Attempts attempts) {
        CallOptions options = CallOptions.DEFAULT.withDeadline(deadline).withStreamTracerFactory(attempts);
        long started = System.nanoTime();
        return follow(
                client.batchWriteCallable().futureCall(request, context(options)),
                started,
                attempts::mayHaveBeenApplied);
    }

    CompletableFuture<Document> get(GetDocumentRequest request, Deadline deadline) {
        long started = System.nanoTime();
        return follow(
                client.getDocumentCallable().futureCall(request, context(CallOptions.DEFAULT.withDeadline(deadline))),
                started,
                () -> false);
    }

    CompletableFuture<List<RunQueryResponse>> query(RunQueryRequest request, Deadline deadline) {
        long started = System.nanoTime();
        return follow(
                client.runQueryCallable()
                        .all()
                        .futureCall(request, context(CallOptions.DEFAULT.withDeadline(deadline))),
                started,
                () -> false);
    }

    private static GrpcCallContext context(CallOptions options) {
        return GrpcCallContext.createDefault().withCallOptions(options);
    }

    private <T> CompletableFuture<T> follow(ApiFuture<T> call, long started, BooleanSupplier mayHaveBeenApplied) {
        CompletableFuture<T> result = new CompletableFuture<>();
        ApiFutures.addCallback(
                call,
                new ApiFutureCallback<T>() {
                    @Override
                    public void onSuccess(T response) {
                        availability.ended(started, Status.Code.OK);
                        result.complete(response);
                    }

                    @Override
                    public void onFailure(Throwable thrown) {
                        FirestoreFailure failure = FirestoreFailure.of(thrown, mayHaveBeenApplied.getAsBoolean());
                        availability.ended(started, failure.code());
                        result.completeExceptionally(failure);
                    }
                },
                MoreExecutors.directExecutor());
        return result;
    }
}
