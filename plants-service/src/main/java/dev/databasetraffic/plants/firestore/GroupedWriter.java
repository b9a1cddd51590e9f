package dev.databasetraffic.plants.firestore;

import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.Write;
import dev.databasetraffic.channelguard.Absence;
import dev.databasetraffic.channelguard.delivery.Attempts;
import dev.databasetraffic.channelguard.delivery.Delivery;
import dev.databasetraffic.plants.inventory.Problem;
import io.grpc.Deadline;
import io.grpc.Status;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one path of every write: a call carries what queued up while the calls before it were under way, and each write
 * gets its own outcome, in its own time. Without load a group has one member and nothing waits.
 */
final class GroupedWriter {

    private static final FirestoreFailure LATE =
            new FirestoreFailure(Status.Code.DEADLINE_EXCEEDED, "waited in the queue for too long", false);

    private static final FirestoreFailure UNANSWERED =
            new FirestoreFailure(Status.Code.DEADLINE_EXCEEDED, "was under way when its time was up", true);

    /** By so much an answer may come after the time of its write was up. */
    private static final long LENIENCE = TimeUnit.MILLISECONDS.toNanos(50);

    private final WriteQueue queue;
    private final Sender sender;
    private final String database;
    private final Supplier<Optional<Absence>> refusal;
    private final ScheduledExecutorService scheduler;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean lateScheduled = new AtomicBoolean();

    /**
     * @param database {@code projects/P/databases/D}
     * @param refusal consulted before each call; while it tells why, nothing is sent
     */
    GroupedWriter(
            WriteQueue queue,
            Sender sender,
            String database,
            Supplier<Optional<Absence>> refusal,
            ScheduledExecutorService scheduler) {
        this.queue = queue;
        this.sender = sender;
        this.database = database;
        this.refusal = refusal;
        this.scheduler = scheduler;
    }

    /** Makes the call; its future fails with {@link FirestoreFailure}. */
    @FunctionalInterface
    interface Sender {

        CompletableFuture<BatchWriteResponse> send(BatchWriteRequest request, Deadline deadline, Attempts attempts);
    }

    /**
     * Queues a write, as {@link WriteQueue#add}. Fails with {@link FirestoreFailure} if Firestore did not carry it out, or
     * with {@link Problem#CONFLICT} or {@link Problem#OVERLOADED}.
     *
     * @return the write that was carried out
     */
    CompletableFuture<Write> submit(WriteQueue.Change change, Deadline deadline) {
        CompletableFuture<Write> outcome = queue.add(change, deadline);
        pump();
        return outcome;
    }

    /** Starts what can be started, and ends what can't. */
    void pump() {
        while (true) {
            Optional<Absence> away = refusal.get();
            if (away.isPresent()) {
                fail(
                        queue.drain(),
                        new FirestoreFailure(Status.Code.UNAVAILABLE, away.get().reason(), false));
                return;
            }
            WriteQueue.Group group = queue.next();
            fail(group.late(), LATE);
            if (group.writes().isEmpty()) {
                break;
            }
            send(group);
        }
        long wait = queue.untilNext();
        if (wait != Long.MAX_VALUE) {
            pumpIn(wait, scheduled);
        } else if (!lateScheduled.get()) {
            // It may be that no call ends before the time of what waits is up.
            pumpIn(queue.untilLate(), lateScheduled);
        }
    }

    private void pumpIn(long nanos, AtomicBoolean flag) {
        if (nanos != Long.MAX_VALUE && flag.compareAndSet(false, true)) {
            Runnable again = () -> {
                flag.set(false);
                pump();
            };
            var unused = scheduler.schedule(again, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void send(WriteQueue.Group group) {
        BatchWriteRequest.Builder request = BatchWriteRequest.newBuilder().setDatabase(database);
        Deadline first = group.writes().get(0).deadline();
        Deadline last = first;
        for (WriteQueue.Pending pending : group.writes()) {
            request.addWrites(pending.change().write());
            first = first.minimum(pending.deadline());
            last = last.isBefore(pending.deadline()) ? pending.deadline() : last;
        }
        // One that has hardly any time left takes none of the others': nobody would know what became of them.
        Future<?> watch =
                first.offset(LENIENCE, TimeUnit.NANOSECONDS).isBefore(last) ? endEachInTime(group, first) : null;
        Attempts attempts = new Attempts();
        sender.send(request.build(), last, attempts).whenComplete((response, failure) -> {
            if (watch != null) {
                watch.cancel(false);
            }
            ended(group, attempts, response, failure);
        });
    }

    private Future<?> endEachInTime(WriteQueue.Group group, Deadline first) {
        Runnable ending = () -> group.writes().stream()
                .filter(pending -> pending.deadline().isExpired())
                .forEach(pending -> pending.told().completeExceptionally(UNANSWERED));
        return scheduler.scheduleWithFixedDelay(
                ending, first.timeRemaining(TimeUnit.NANOSECONDS) + LENIENCE, LENIENCE, TimeUnit.NANOSECONDS);
    }

    private void ended(
            WriteQueue.Group group,
            Attempts attempts,
            @Nullable BatchWriteResponse response,
            @Nullable Throwable failure) {
        queue.ended(group, response != null);
        // The next call first: it travels while these callers get their answers.
        pump();
        if (response == null) {
            fail(
                    group.writes(),
                    FirestoreFailure.of(Objects.requireNonNull(failure), attempts.delivery() == Delivery.SENT_UNKNOWN));
            return;
        }
        boolean earlierMayHaveBeenApplied = attempts.earlier() == Delivery.SENT_UNKNOWN;
        for (int i = 0; i < group.writes().size(); i++) {
            settle(group.writes().get(i), response.getStatus(i), earlierMayHaveBeenApplied);
        }
    }

    private static void settle(
            WriteQueue.Pending pending, com.google.rpc.Status status, boolean earlierMayHaveBeenApplied) {
        Status.Code code = Status.fromCodeValue(status.getCode()).getCode();
        if (code == Status.Code.OK) {
            pending.outcome().complete(pending.change().write());
        } else {
            boolean mayHaveBeenApplied = earlierMayHaveBeenApplied || !Delivery.isDefinite(code);
            pending.outcome()
                    .completeExceptionally(new FirestoreFailure(code, status.getMessage(), mayHaveBeenApplied));
        }
    }

    private static void fail(List<WriteQueue.Pending> writes, FirestoreFailure reason) {
        writes.forEach(pending -> pending.outcome().completeExceptionally(reason));
    }
}
