package dev.databasetraffic.plants.firestore;

import com.google.api.gax.rpc.ApiCallContext;
import com.google.api.gax.rpc.ResponseObserver;
import com.google.api.gax.rpc.ServerStreamingCallable;
import com.google.api.gax.rpc.StreamController;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The answers to a call, once there are all. They are asked for at once: the library's own way asks for one after the other,
 * and each then waits for two threads.
 */
final class AllAnswers<T> implements ResponseObserver<T> {

    private final List<T> answers = new ArrayList<>();
    private final CompletableFuture<List<T>> all = new CompletableFuture<>();

    /**
     * Makes a call that changes nothing.
     *
     * @return its answers in the order in which they came; fails with a {@link FirestoreFailure}
     */
    static <Q, T> CompletableFuture<List<T>> of(
            ServerStreamingCallable<Q, T> callable, Q request, ApiCallContext context) {
        AllAnswers<T> answers = new AllAnswers<>();
        callable.call(request, answers, context);
        return answers.all;
    }

    @Override
    public void onStart(StreamController controller) {
        controller.disableAutoInboundFlowControl();
        controller.request(Integer.MAX_VALUE);
    }

    @Override
    public void onResponse(T answer) {
        answers.add(answer);
    }

    @Override
    public void onError(Throwable thrown) {
        all.completeExceptionally(FirestoreFailure.of(thrown, false));
    }

    @Override
    public void onComplete() {
        all.complete(answers);
    }
}
