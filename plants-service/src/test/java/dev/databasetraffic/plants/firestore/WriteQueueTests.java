package dev.databasetraffic.plants.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import dev.databasetraffic.plants.firestore.WriteQueue.Change;
import dev.databasetraffic.plants.firestore.WriteQueue.Group;
import dev.databasetraffic.plants.inventory.PlantsException;
import dev.databasetraffic.plants.inventory.Problem;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class WriteQueueTests {

    private static final int TEN_MEBIBYTES = 10 * 1024 * 1024;
    private static final Deadline LATER = Deadline.after(1, TimeUnit.MINUTES);

    private final AtomicLong nanoTime = new AtomicLong(1);
    private final FirestoreProperties.Writes defaults =
            new Binder(new MapConfigurationPropertySource()).bindOrCreate("writes", FirestoreProperties.Writes.class);
    private final WriteQueue queue = new WriteQueue(defaults, nanoTime::get);

    @Test
    void aCallCarriesFiveHundredWritesAtMost() {
        for (int i = 0; i < 501; i++) {
            queue.add(change("d" + i), LATER);
        }
        assertThat(queue.next().writes()).hasSize(500);
        nanoTime.addAndGet(queue.untilNext());
        assertThat(queue.next().writes()).hasSize(1);
    }

    @Test
    void aCallHasTenMebibytesAtMostWithEverythingAroundTheWrites() {
        // Four bytes each in UTF-8: counted in characters, three times as many would fit.
        for (int i = 0; i < 40; i++) {
            queue.add(change("d" + i, "🌻".repeat(250_000)), LATER);
        }
        Group group = queue.next();
        assertThat(bytes(group)).isLessThan(TEN_MEBIBYTES);
        assertThat(group.writes()).hasSizeGreaterThan(8);
        assertThat(queue.size()).isEqualTo(40 - group.writes().size());
    }

    @Test
    void whatTheRequestAddsAroundManySmallWritesIsCounted() {
        int bytes = 40 * change("d00").write().getSerializedSize();
        WriteQueue small = new WriteQueue(
                new FirestoreProperties.Writes(100, 1, 1, Duration.ofMillis(1), 500, DataSize.ofBytes(bytes)),
                nanoTime::get);
        for (int i = 10; i < 60; i++) {
            small.add(change("d" + i), LATER);
        }
        assertThat(bytes(small.next())).isLessThanOrEqualTo(bytes);
    }

    @Test
    void aWriteThatIsTooLargeForAnyGroupGoesAloneAndIsLeftToFirestoreToRefuse() {
        queue.add(change("large", "x".repeat(TEN_MEBIBYTES)), LATER);
        queue.add(change("small"), LATER);
        assertThat(queue.next().writes()).hasSize(1);
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void noDocumentIsInTheQueueOrUnderWayTwice() {
        CompletableFuture<Write> first = queue.add(change("d", "same"), LATER);
        CompletableFuture<Write> waiting = queue.add(change("d", "same"), LATER);
        assertProblem(queue.add(change("d", "other"), LATER), Problem.CONFLICT);
        Group group = queue.next();
        assertThat(group.writes()).hasSize(1);
        CompletableFuture<Write> underWay = queue.add(change("d", "same"), LATER);
        assertProblem(queue.add(change("d", "other"), LATER), Problem.CONFLICT);
        assertThat(queue.size()).isZero();

        Write written = Write.getDefaultInstance();
        group.writes().get(0).outcome().complete(written);
        assertThat(List.of(first, waiting, underWay)).allMatch(outcome -> outcome.join() == written);

        queue.ended(group, true);
        assertThat(queue.add(change("d", "other"), LATER)).isNotDone();
        assertThat(queue.next().writes()).hasSize(1);
    }

    @Test
    void aFullQueueRefusesAndTakesAgainWhenItHasRoom() {
        for (int i = 0; i < defaults.queueCapacity(); i++) {
            assertThat(queue.add(change("d" + i), LATER)).isNotDone();
        }
        assertProblem(queue.add(change("one more"), LATER), Problem.OVERLOADED);
        queue.next();
        assertThat(queue.add(change("one more"), LATER)).isNotDone();
    }

    @Test
    void whatWaitedForTooLongIsNotSent() {
        queue.add(change("late"), Deadline.after(-1, TimeUnit.SECONDS));
        queue.add(change("in time"), LATER);
        Group group = queue.next();
        assertThat(group.late()).hasSize(1);
        assertThat(group.writes())
                .extracting(pending -> pending.change().document())
                .containsExactly("in time");
        assertThat(queue.add(change("late"), LATER)).isNotDone();
    }

    @Test
    void aNearDatabaseGetsFewCallsAtATime() {
        takes(Duration.ofNanos(500_000));
        assertThat(callsThatMayBegin()).isEqualTo(defaults.callsInFlight());
    }

    @Test
    void aFarDatabaseGetsACallForEachMillisecondOfTheWay() {
        takes(Duration.ofMillis(20));
        assertThat(callsThatMayBegin()).isEqualTo(20);
    }

    @Test
    void whatComesInABurstGathersForAMillisecond() {
        takes(Duration.ofMillis(20));
        for (int i = 0; i < 50; i++) {
            queue.add(change("d" + i), LATER);
            queue.next();
        }
        assertThat(queue.size()).isEqualTo(50 - defaults.callsInFlight());
        assertThat(queue.untilNext()).isEqualTo(defaults.callSpacing().toNanos());
        nanoTime.addAndGet(queue.untilNext());
        assertThat(queue.next().writes()).hasSize(50 - defaults.callsInFlight());
        assertThat(queue.untilNext()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aCallWaitsForHalfOfThoseThatAreUsuallyThere() {
        usually(8);
        for (int i = 0; i < 3; i++) {
            queue.add(change("d" + i), LATER);
            assertThat(queue.next().writes()).isEmpty();
        }
        queue.add(change("d3"), LATER);
        assertThat(queue.untilNext()).isZero();
        assertThat(queue.next().writes()).hasSize(4);
    }

    @Test
    void aCallWaitsForAMillisecondAtMostFromTheEndOrTheBeginOfTheOneBefore() {
        usually(8);
        queue.add(change("first"), LATER);
        assertThat(queue.untilNext()).isEqualTo(defaults.callSpacing().toNanos());
        nanoTime.addAndGet(queue.untilNext());
        assertThat(queue.next().writes()).hasSize(1);

        queue.add(change("second"), LATER);
        assertThat(queue.untilNext()).isEqualTo(defaults.callSpacing().toNanos());
        nanoTime.addAndGet(queue.untilNext());
        assertThat(queue.next().writes()).hasSize(1);
    }

    @Test
    void moreUsualWritesThanACallTakesAreNotWaitedFor() {
        usually(2_000);
        for (int i = 0; i < defaults.groupSize(); i++) {
            queue.add(change("d" + i), LATER);
        }
        assertThat(queue.untilNext()).isZero();
    }

    @Test
    void aCallerLeftAloneSoonWaitsNoMore() {
        usually(64);
        int waits = 0;
        for (int i = 0; i < 100; i++) {
            queue.add(change("alone"), LATER);
            waits += queue.untilNext() > 0 ? 1 : 0;
            nanoTime.addAndGet(queue.untilNext());
            queue.ended(queue.next(), true);
        }
        assertThat(waits).isBetween(1, 6);
    }

    @Test
    void aVeryFarDatabaseGetsNoMoreCallsThanAllowed() {
        takes(Duration.ofSeconds(1));
        assertThat(callsThatMayBegin()).isEqualTo(defaults.maxCallsInFlight());
    }

    @Test
    void onePauseIsNotTakenForALongWay() {
        takes(Duration.ofMillis(4));
        alone(Duration.ofSeconds(2), true);
        assertThat(callsThatMayBegin()).isEqualTo(8);
    }

    @Test
    void aCallThatFailedOrHadCompanyTellsNothingOfTheWay() {
        takes(Duration.ofMillis(4));
        for (int i = 0; i < 10; i++) {
            alone(Duration.ofSeconds(2), false);
        }
        queue.add(change("first"), LATER);
        Group first = queue.next();
        for (int i = 0; i < 10; i++) {
            queue.add(change("company"), LATER);
            Group company = queue.next();
            nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
            queue.ended(company, true);
        }
        queue.ended(first, false);
        assertThat(callsThatMayBegin()).isEqualTo(4);
    }

    private void usually(int writes) {
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < writes; i++) {
                queue.add(change("d" + i), LATER);
            }
            nanoTime.addAndGet(queue.untilNext());
            Group group = queue.next();
            queue.drain();
            nanoTime.addAndGet(defaults.callSpacing().toNanos() / 2);
            queue.ended(group, true);
        }
    }

    private void takes(Duration time) {
        for (int i = 0; i < 20; i++) {
            alone(time, true);
        }
    }

    private void alone(Duration time, boolean answered) {
        queue.add(change("alone"), LATER);
        Group group = queue.next();
        nanoTime.addAndGet(time.toNanos());
        queue.ended(group, answered);
    }

    private int callsThatMayBegin() {
        List<Group> groups = new ArrayList<>();
        while (true) {
            queue.add(change("d" + groups.size()), LATER);
            nanoTime.addAndGet(defaults.callSpacing().toNanos());
            Group group = queue.next();
            if (group.writes().isEmpty()) {
                groups.forEach(begun -> queue.ended(begun, false));
                queue.drain();
                return groups.size();
            }
            groups.add(group);
        }
    }

    private static int bytes(Group group) {
        BatchWriteRequest.Builder request =
                BatchWriteRequest.newBuilder().setDatabase("projects/p/databases/(default)");
        group.writes().forEach(pending -> request.addWrites(pending.change().write()));
        return request.build().getSerializedSize() - (request.getDatabase().length() + 2);
    }

    private static Change change(String document) {
        return change(document, "same");
    }

    private static Change change(String document, String text) {
        Document.Builder fields = Document.newBuilder()
                .setName(document)
                .putFields("text", Value.newBuilder().setStringValue(text).build());
        return new Change(document, text, Write.newBuilder().setUpdate(fields).build());
    }

    private static void assertProblem(CompletableFuture<Write> outcome, Problem problem) {
        // Asked first, as an outcome that is not there yet would be waited for without end.
        assertThat(outcome).isCompletedExceptionally();
        assertThatThrownBy(outcome::join)
                .cause()
                .isInstanceOfSatisfying(
                        PlantsException.class,
                        known -> assertThat(known.problem()).isEqualTo(problem));
    }
}
