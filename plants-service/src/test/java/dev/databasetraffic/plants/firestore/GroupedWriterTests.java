package dev.databasetraffic.plants.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.Write;
import com.google.rpc.Status;
import dev.databasetraffic.channelguard.Absence;
import dev.databasetraffic.channelguard.delivery.Attempts;
import dev.databasetraffic.plants.inventory.Problem;
import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Deadline;
import io.grpc.Metadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class GroupedWriterTests {

    private record Call(
            BatchWriteRequest request,
            Deadline deadline,
            Attempts attempts,
            CompletableFuture<BatchWriteResponse> answer) {}

    private final List<Call> calls = new ArrayList<>();
    private final WriteQueue queue = new WriteQueue(
            new FirestoreProperties.Writes(100, 1, 1, Duration.ofMillis(1), 500, DataSize.ofMegabytes(9)),
            System::nanoTime);
    private Optional<Absence> away = Optional.empty();
    private final GroupedWriter writer = new GroupedWriter(
            queue,
            (request, deadline, attempts) -> {
                Call call = new Call(request, deadline, attempts, new CompletableFuture<>());
                calls.add(call);
                return call.answer();
            },
            "projects/p/databases/d",
            () -> away,
            Executors.newSingleThreadScheduledExecutor());

    @Test
    void aCallCarriesWhatQueuedWhileTheOneBeforeWasUnderWay() {
        submit("first");
        submit("second");
        submit("third");
        assertThat(calls).hasSize(1);
        answer(0, 0);
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1).request().getWritesList())
                .extracting(Write::getDelete)
                .containsExactly("second", "third");
        assertThat(calls.get(1).request().getDatabase()).isEqualTo("projects/p/databases/d");
    }

    @Test
    void eachWriteHasItsOwnOutcome() {
        submit("before");
        CompletableFuture<Write> written = submit("written");
        CompletableFuture<Write> exists = submit("exists");
        CompletableFuture<Write> unclear = submit("unclear");
        answer(0, 0);
        answer(1, 0, com.google.rpc.Code.ALREADY_EXISTS_VALUE, com.google.rpc.Code.INTERNAL_VALUE);
        assertThat(written.join().getDelete()).isEqualTo("written");
        assertFailure(exists, "ALREADY_EXISTS");
        assertUnknown(unclear);
    }

    @Test
    void anAnswerThatCameAsTheDeadlinePassedLeavesTheOutcomeUnknown() {
        CompletableFuture<Write> carriedOut = submit("carried out");
        ClientStreamTracer attempt = calls.get(0)
                .attempts()
                .newClientStreamTracer(
                        ClientStreamTracer.StreamInfo.newBuilder().build(), new Metadata());
        attempt.streamCreated(Attributes.EMPTY, new Metadata());
        attempt.inboundTrailers(new Metadata());
        attempt.streamClosed(io.grpc.Status.OK);
        calls.get(0).answer().completeExceptionally(io.grpc.Status.DEADLINE_EXCEEDED.asRuntimeException());
        assertUnknown(carriedOut);
    }

    @Test
    void aCallThatFailsFailsAllThatItCarriedAndNothingElse() {
        CompletableFuture<Write> carried = submit("carried");
        CompletableFuture<Write> next = submit("next");
        calls.get(0).answer().completeExceptionally(io.grpc.Status.RESOURCE_EXHAUSTED.asRuntimeException());
        assertFailure(carried, "RESOURCE_EXHAUSTED");
        assertThat(next).isNotDone();
        answer(1, 0);
        assertThat(next).isCompleted();
    }

    @Test
    void aWriteWithHardlyAnyTimeLeftTakesNoneOfTheOthersInItsCall() {
        submit("before");
        CompletableFuture<Write> hurried = writer.submit(change("hurried"), Deadline.after(500, TimeUnit.MILLISECONDS));
        Deadline later = Deadline.after(1, TimeUnit.MINUTES);
        CompletableFuture<Write> other = writer.submit(change("other"), later);
        answer(0, 0);
        assertThat(calls.get(1).request().getWritesCount()).isEqualTo(2);
        assertThat(calls.get(1).deadline()).isEqualTo(later);

        await().until(hurried::isDone);
        assertUnknown(hurried);
        assertThat(other).isNotDone();
        CompletableFuture<Write> repeated = submit("hurried");
        assertThat(repeated).as("it is under way still").isNotDone();

        answer(1, 0, 0);
        assertThat(other).isCompleted();
        assertThat(repeated).isCompleted();
    }

    @Test
    void aWriteThatWaitsIsToldSoWhenItsTimeIsUpThoughNoCallEnds() {
        submit("under way");
        CompletableFuture<Write> waiting = writer.submit(change("waiting"), Deadline.after(100, TimeUnit.MILLISECONDS));

        await().until(waiting::isDone);
        assertFailure(waiting, "waited in the queue for too long");
        assertThat(calls).hasSize(1);
    }

    @Test
    void whileFirestoreIsAwayNothingIsSentAndAllThatWaitEnds() {
        submit("under way");
        CompletableFuture<Write> waiting = submit("waiting");
        away = Optional.of(new Absence("cut off", System.nanoTime()));
        CompletableFuture<Write> late = submit("late");
        assertThat(calls).hasSize(1);
        assertFailure(waiting, "UNAVAILABLE cut off");
        assertFailure(late, "UNAVAILABLE cut off");

        away = Optional.empty();
        answer(0, 0);
        submit("after");
        assertThat(calls).hasSize(2);
    }

    private CompletableFuture<Write> submit(String document) {
        return writer.submit(change(document), Deadline.after(1, TimeUnit.MINUTES));
    }

    private void answer(int call, int... codes) {
        BatchWriteResponse.Builder response = BatchWriteResponse.newBuilder();
        for (int code : codes) {
            response.addStatus(Status.newBuilder().setCode(code));
        }
        calls.get(call).answer().complete(response.build());
    }

    private static WriteQueue.Change change(String document) {
        return new WriteQueue.Change(
                document, "delete", Write.newBuilder().setDelete(document).build());
    }

    private static void assertUnknown(CompletableFuture<Write> outcome) {
        assertThatThrownBy(outcome::join)
                .as("it may have been carried out")
                .cause()
                .isInstanceOfSatisfying(
                        FirestoreFailure.class,
                        failure -> assertThat(failure.toException().problem()).isEqualTo(Problem.OUTCOME_UNKNOWN));
    }

    private static void assertFailure(CompletableFuture<Write> outcome, String message) {
        assertThat(outcome).isCompletedExceptionally();
        assertThatThrownBy(outcome::join)
                .hasCauseInstanceOf(FirestoreFailure.class)
                .hasMessageContaining(message);
    }
}
