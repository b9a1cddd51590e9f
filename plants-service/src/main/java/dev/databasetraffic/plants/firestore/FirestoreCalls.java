package dev.databasetraffic.plants.firestore;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.api.gax.grpc.GrpcCallContext;
import com.google.cloud.firestore.v1.FirestoreClient;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import dev.databasetraffic.channelguard.delivery.Attempts;
import dev.databasetraffic.channelguard.delivery.Delivery;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** The calls that this service makes. A failed one ends with a {@link FirestoreFailure}, within its deadline. */
final class FirestoreCalls {

    private final FirestoreClient client;

    FirestoreCalls(FirestoreClient client) {
        this.client = client;
    }

    CompletableFuture<BatchWriteResponse> batchWrite(BatchWriteRequest request, Deadline deadline, Attempts attempts) {
        CallOptions options = CallOptions.DEFAULT.withDeadline(deadline).withStreamTracerFactory(attempts);
        return follow(
                client.batchWriteCallable().futureCall(request, context(options)),
                thrown -> FirestoreFailure.of(thrown, attempts.delivery() == Delivery.SENT_UNKNOWN));
    }

    CompletableFuture<List<BatchGetDocumentsResponse>> batchGet(BatchGetDocumentsRequest request, Deadline deadline) {
        return AllAnswers.of(
                client.batchGetDocumentsCallable(), request, context(CallOptions.DEFAULT.withDeadline(deadline)));
    }

    CompletableFuture<List<RunQueryResponse>> query(RunQueryRequest request, Deadline deadline) {
        return AllAnswers.of(client.runQueryCallable(), request, context(CallOptions.DEFAULT.withDeadline(deadline)));
    }

    private static GrpcCallContext context(CallOptions options) {
        return GrpcCallContext.createDefault().withCallOptions(options);
    }

    /** @param failure what is told of what the library throws */
    static <T> CompletableFuture<T> follow(ApiFuture<T> call, UnaryOperator<Throwable> failure) {
        CompletableFuture<T> result = new CompletableFuture<>();
        ApiFutures.addCallback(
                call,
                new ApiFutureCallback<T>() {
                    @Override
                    public void onSuccess(T response) {
                        result.complete(response);
                    }

                    @Override
                    public void onFailure(Throwable thrown) {
                        result.completeExceptionally(failure.apply(thrown));
                    }
                },
                MoreExecutors.directExecutor());
        return result;
    }
}
