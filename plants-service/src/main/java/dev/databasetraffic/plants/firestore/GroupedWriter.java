package dev.databasetraffic.plants.firestore;

import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.Write;
import dev.databasetraffic.plants.inventory.PlantsException;
import dev.databasetraffic.plants.inventory.Problem;
import io.grpc.Deadline;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one path of every write: a call carries what queued up while the calls before it were under way, and each write
 * gets its own outcome. Without load a group has one member and nothing waits.
 *
 * <p>All writes have the same budget, so the queue's order is that of their deadlines, and every call ends by the
 * deadline of its oldest member. Hence a place comes free before the time of the next in the queue is up, and no timer
 * is needed to end the wait.
 */
final class GroupedWriter {

    /** What Firestore adds around a write in a request: the field's tag and length. */
    private static final int BYTES_AROUND_A_WRITE = 6;

    private final FirestoreCalls calls;
    private final String database;
    private final FirestoreProperties.Writes limits;
    private final Supplier<Availability.@Nullable Away> away;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private final Map<String, Pending> byDocument = new HashMap<>();
    private int callsInFlight;

    /**
     * @param database {@code projects/P/databases/D}
     * @param away consulted before each call; while it tells of an absence, nothing is sent
     */
    GroupedWriter(
            FirestoreCalls calls,
            String database,
            FirestoreProperties.Writes limits,
            Supplier<Availability.@Nullable Away> away) {
        this.calls = calls;
        this.database = database;
        this.limits = limits;
        this.away = away;
    }

    /**
     * A write to one document.
     *
     * @param document the document's full name
     * @param intent equal for two writes that want the same of the document
     */
    record Change(String document, String intent, Write write) {}

    private record Pending(Change change, Deadline deadline, int bytes, CompletableFuture<Write> outcome) {}

    /**
     * Queues a write. If the same change of the same document is under way, its outcome is shared; a different one is
     * {@link Problem#CONFLICT}. Fails with {@link FirestoreFailure} if Firestore did not carry it out.
     *
     * @return the write that was carried out
     */
    CompletableFuture<Write> submit(Change change, Deadline deadline) {
        int bytes = change.write().getSerializedSize() + BYTES_AROUND_A_WRITE;
        Pending pending = new Pending(change, deadline, bytes, new CompletableFuture<>());
        lock.lock();
        try {
            Pending same = byDocument.get(change.document());
            if (same != null) {
                return same.change.intent().equals(change.intent())
                        ? same.outcome
                        : CompletableFuture.failedFuture(
                                new PlantsException(Problem.CONFLICT, "a different change of it is under way"));
            }
            if (queue.size() >= limits.queueCapacity()) {
                return CompletableFuture.failedFuture(
                        new PlantsException(Problem.OVERLOADED, "RESOURCE_EXHAUSTED the queue of writes is full"));
            }
            byDocument.put(change.document(), pending);
            queue.add(pending);
        } finally {
            lock.unlock();
        }
        pump();
        return pending.outcome;
    }

    int queued() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Starts what can be started, and ends what can't. */
    void pump() {
        while (true) {
            List<Pending> group = new ArrayList<>();
            List<Pending> late = new ArrayList<>();
            Availability.Away absence = away.get();
            lock.lock();
            try {
                if (absence != null) {
                    late.addAll(queue);
                    queue.clear();
                } else if (callsInFlight < limits.callsInFlight()) {
                    take(group, late);
                }
                late.forEach(pending -> byDocument.remove(pending.change.document()));
                if (!group.isEmpty()) {
                    callsInFlight++;
                }
            } finally {
                lock.unlock();
            }
            FirestoreFailure reason = absence == null
                    ? new FirestoreFailure(Status.Code.DEADLINE_EXCEEDED, "waited in the queue for too long", false)
                    : new FirestoreFailure(Status.Code.UNAVAILABLE, absence.reason(), false);
            late.forEach(pending -> pending.outcome.completeExceptionally(reason));
            if (group.isEmpty()) {
                return;
            }
            send(group);
        }
    }

    private void take(List<Pending> group, List<Pending> late) {
        long bytes = 0;
        Pending next;
        while (group.size() < limits.groupSize() && (next = queue.peek()) != null) {
            if (next.deadline.isExpired()) {
                late.add(next);
            } else if (group.isEmpty()
                    || bytes + next.bytes <= limits.groupBytes().toBytes()) {
                group.add(next);
                bytes += next.bytes;
            } else {
                return;
            }
            queue.remove();
        }
    }

    private void send(List<Pending> group) {
        BatchWriteRequest.Builder request = BatchWriteRequest.newBuilder().setDatabase(database);
        Deadline deadline = group.get(0).deadline;
        for (Pending pending : group) {
            request.addWrites(pending.change.write());
            deadline = deadline.minimum(pending.deadline);
        }
        Attempts attempts = new Attempts();
        calls.batchWrite(request.build(), deadline, attempts)
                .whenComplete((response, failure) -> ended(group, attempts, response, failure));
    }

    private void ended(
            List<Pending> group,
            Attempts attempts,
            @Nullable BatchWriteResponse response,
            @Nullable Throwable failure) {
        lock.lock();
        try {
            callsInFlight--;
            group.forEach(pending -> byDocument.remove(pending.change.document()));
        } finally {
            lock.unlock();
        }
        // The next call first: it travels while these callers get their answers.
        pump();
        for (int i = 0; i < group.size(); i++) {
            Pending pending = group.get(i);
            if (response == null) {
                pending.outcome.completeExceptionally(
                        FirestoreFailure.of(Objects.requireNonNull(failure), attempts.mayHaveBeenApplied()));
            } else {
                settle(pending, response.getStatus(i), attempts.earlierMayHaveBeenApplied());
            }
        }
    }

    private static void settle(Pending pending, com.google.rpc.Status status, boolean earlierMayHaveBeenApplied) {
        Status.Code code = Status.fromCodeValue(status.getCode()).getCode();
        if (code == Status.Code.OK) {
            pending.outcome.complete(pending.change.write());
        } else {
            boolean mayHaveBeenApplied = earlierMayHaveBeenApplied || !FirestoreFailure.isDefinite(code);
            pending.outcome.completeExceptionally(new FirestoreFailure(code, status.getMessage(), mayHaveBeenApplied));
        }
    }
}
