package dev.databasetraffic.plants.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.ResponseObserver;
import com.google.api.gax.rpc.ServerStreamingCallable;
import com.google.api.gax.rpc.StreamController;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AllAnswersTests {

    private final StreamController controller = mock();

    @Test
    void theyAreAskedForAtOnceAndToldTogetherInTheirOrder() {
        CompletableFuture<List<String>> all = asked(call -> {
            call.onResponse("first");
            call.onResponse("second");
            call.onComplete();
        });

        assertThat(all).isCompletedWithValue(List.of("first", "second"));
        verify(controller).disableAutoInboundFlowControl();
        verify(controller).request(Integer.MAX_VALUE);
    }

    @Test
    void nobodyIsToldOfSomeOfThem() {
        assertThat(asked(call -> call.onResponse("first"))).isNotDone();
    }

    @Test
    void aCallThatFailsAfterSomeHasFailed() {
        CompletableFuture<List<String>> all = asked(call -> {
            call.onResponse("first");
            call.onError(Status.UNAVAILABLE.asRuntimeException());
        });

        assertThat(all)
                .isCompletedExceptionally()
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .asInstanceOf(type(FirestoreFailure.class))
                .extracting(FirestoreFailure::code)
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    private CompletableFuture<List<String>> asked(Consumer<ResponseObserver<String>> answers) {
        ServerStreamingCallable<String, String> callable = mock();
        doAnswer(called -> {
                    ResponseObserver<String> observer = called.getArgument(1);
                    observer.onStart(controller);
                    answers.accept(observer);
                    return null;
                })
                .when(callable)
                .call(eq("question"), any(ResponseObserver.class), any());
        return AllAnswers.of(callable, "question", GrpcCallContext.createDefault());
    }
}
