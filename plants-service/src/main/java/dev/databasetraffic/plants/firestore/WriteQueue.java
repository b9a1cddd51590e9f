package dev.databasetraffic.plants.firestore;

import com.google.firestore.v1.Write;
import dev.databasetraffic.plants.inventory.PlantsException;
import dev.databasetraffic.plants.inventory.Problem;
import io.grpc.Deadline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The writes that wait for a call and those that are under way in one; it decides when a call may begin and what it
 * carries.
 *
 * <p>So many calls may be under way as the way to Firestore and back takes milliseconds, within limits. Firestore next
 * door answers before a second call would pay, so writes had better gather for the next. Far away, a write that waited
 * for one of few calls to come back would wait for a good part of that way; so it waits for a millisecond at most, in
 * which what comes in a burst gathers.
 *
 * <p>A call costs both sides much and a write in it little, and callers who were just answered are soon back. So while a
 * place is free a call waits, a millisecond at most, until half of those are there that were lately there at once:
 * PostgreSQL's {@code commit_delay} with its {@code commit_siblings}. A caller alone never waits.
 *
 * <p>Most writes have the same budget, so the queue's order is that of their deadlines but for those whose request took
 * its time to arrive. Those end in their own time once a call has them; until then, when those before them do.
 */
final class WriteQueue {

    /** What Firestore adds around a write in a request: the field's tag and length. */
    private static final int BYTES_AROUND_A_WRITE = 6;

    private static final Group NOTHING = new Group(List.of(), List.of(), 0, false);

    private final FirestoreProperties.Writes limits;
    private final LongSupplier nanoTime;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private final Map<String, Pending> byDocument = new HashMap<>();
    private int callsInFlight;
    private long lastBegan;
    private long lastEnded;
    private long roundTrip;

    /** How many writes, waiting or under way, there were at once lately. */
    private int usual;

    WriteQueue(FirestoreProperties.Writes limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.roundTrip = limits.callSpacing().toNanos();
    }

    /**
     * A write to one document.
     *
     * @param document the document's full name
     * @param intent equal for two writes that want the same of the document
     */
    record Change(String document, String intent, Write write) {}

    /**
     * A change and what becomes of it.
     *
     * @param outcome what its call says, however late
     * @param told what its own caller is told, in time
     */
    record Pending(
            Change change,
            Deadline deadline,
            int bytes,
            CompletableFuture<Write> outcome,
            CompletableFuture<Write> told) {}

    /**
     * What one call carries.
     *
     * @param writes in the order in which they were queued
     * @param late those whose time was up before a call could begin
     * @param began when, by this queue's clock
     * @param alone whether no other call was under way then
     */
    record Group(List<Pending> writes, List<Pending> late, long began, boolean alone) {}

    /**
     * Queues a change. If the same change of the same document is under way, its outcome is shared; a different one is
     * {@link Problem#CONFLICT}.
     */
    CompletableFuture<Write> add(Change change, Deadline deadline) {
        int bytes = change.write().getSerializedSize() + BYTES_AROUND_A_WRITE;
        CompletableFuture<Write> outcome = new CompletableFuture<>();
        Pending pending = new Pending(change, deadline, bytes, outcome, outcome.copy());
        lock.lock();
        try {
            Pending same = byDocument.get(change.document());
            if (same != null) {
                return same.change.intent().equals(change.intent())
                        ? same.outcome.copy()
                        : CompletableFuture.failedFuture(
                                new PlantsException(Problem.CONFLICT, "a different change of it is under way"));
            }
            if (waiting.size() >= limits.queueCapacity()) {
                return CompletableFuture.failedFuture(
                        new PlantsException(Problem.OVERLOADED, "RESOURCE_EXHAUSTED the queue of writes is full"));
            }
            byDocument.put(change.document(), pending);
            waiting.add(pending);
            return pending.told;
        } finally {
            lock.unlock();
        }
    }

    /** How many writes wait for a call. */
    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes what the next call is to carry, if one may begin now, and those at the head whose time is up. */
    Group next() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            if (waiting.isEmpty()
                    || (untilNext(now) > 0 && !waiting.element().deadline.isExpired())) {
                return NOTHING;
            }
            Group group = new Group(new ArrayList<>(), new ArrayList<>(), now, callsInFlight == 0);
            int known = byDocument.size();
            takeLate(group.late);
            if (!waiting.isEmpty() && untilNext(now) == 0) {
                take(group.writes, group.late);
            }
            group.late.forEach(pending -> byDocument.remove(pending.change.document()));
            if (!group.writes.isEmpty()) {
                callsInFlight++;
                lastBegan = now;
                if (known > usual || group.writes.size() < enough()) {
                    usual = (usual + known + 1) / 2;
                }
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** In how many nanoseconds a call may begin for what waits; never by the time alone if {@link Long#MAX_VALUE}. */
    long untilNext() {
        lock.lock();
        try {
            return waiting.isEmpty() ? Long.MAX_VALUE : untilNext(nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** In how many nanoseconds the time of the first that waits is up; {@link Long#MAX_VALUE} if none waits. */
    long untilLate() {
        lock.lock();
        try {
            return waiting.isEmpty()
                    ? Long.MAX_VALUE
                    : Math.max(0, waiting.element().deadline.timeRemaining(TimeUnit.NANOSECONDS));
        } finally {
            lock.unlock();
        }
    }

    /** Takes note that the call of this group has ended. */
    void ended(Group group, boolean answered) {
        lock.lock();
        try {
            callsInFlight--;
            lastEnded = nanoTime.getAsLong();
            group.writes.forEach(pending -> byDocument.remove(pending.change.document()));
            if (answered && group.alone) {
                // Only such a call takes as long as the way does; and a pause of ours is no longer way.
                roundTrip = Math.min(lastEnded - group.began, 2 * roundTrip);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes all that wait, to be ended without a call. */
    List<Pending> drain() {
        lock.lock();
        try {
            List<Pending> all = new ArrayList<>(waiting);
            waiting.clear();
            all.forEach(pending -> byDocument.remove(pending.change.document()));
            return all;
        } finally {
            lock.unlock();
        }
    }

    private long untilNext(long now) {
        long spacing = limits.callSpacing().toNanos();
        long places = Math.max(limits.callsInFlight(), Math.min(limits.maxCallsInFlight(), roundTrip / spacing));
        if (callsInFlight >= places) {
            return Long.MAX_VALUE;
        }
        if (callsInFlight < limits.callsInFlight() && waiting.size() >= enough()) {
            return 0;
        }
        return Math.max(0, spacing - (now - (callsInFlight == 0 ? lastEnded : lastBegan)));
    }

    private int enough() {
        return Math.min(usual / 2, limits.groupSize());
    }

    private void takeLate(List<Pending> late) {
        while (!waiting.isEmpty() && waiting.element().deadline.isExpired()) {
            late.add(waiting.remove());
        }
    }

    private void take(List<Pending> writes, List<Pending> late) {
        long bytes = 0;
        @Nullable Pending next;
        while (writes.size() < limits.groupSize() && (next = waiting.peek()) != null) {
            if (next.deadline.isExpired()) {
                late.add(next);
            } else if (writes.isEmpty()
                    || bytes + next.bytes <= limits.groupBytes().toBytes()) {
                writes.add(next);
                bytes += next.bytes;
            } else {
                return;
            }
            waiting.remove();
        }
    }
}
