package dev.databasetraffic.plants.edge;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Room for requests in progress. Where there is none, as many may wait for it as there are places: after a moment in which
 * nothing moved, those are served in the next. Where that goes on, it is no such moment but too much load: nobody else waits,
 * so that who is refused is told so at once, and who is served has not waited.
 */
final class Places {

    private final int most;
    private final Duration burst;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final AtomicInteger taken = new AtomicInteger();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    /** Of the one thread that sees requests come, as is the next. */
    private long fullSince;

    private long lastFull;

    /**
     * @param burst for how long requests may find no room until none comes to wait any more, and for how long all must find
     *     some until one may wait again
     * @param patience how long one waits
     */
    Places(int most, Duration burst, Duration patience, LongSupplier nanoTime) {
        this.most = most;
        this.burst = burst;
        this.patience = patience;
        this.nanoTime = nanoTime;
        lastFull = nanoTime.getAsLong() - burst.toNanos() - 1;
    }

    Duration patience() {
        return patience;
    }

    /** Who waits for a place: either of the two happens, once. */
    interface Waiting {

        /** It has a place; returns false if it needs none after all. */
        boolean begin();

        /** It has waited for too long. */
        void refuse();
    }

    /** For a request whose processing has begun. */
    boolean take() {
        // Never above the most, not even for a moment: who looks then would wait for a place that is free.
        int now = taken.get();
        while (now < most) {
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    /** For a request that comes, behind those that wait. */
    boolean takeInTurn() {
        return waiting.isEmpty() && take();
    }

    void giveBack() {
        taken.decrementAndGet();
        next();
    }

    /** For a request that has found none; returns false if it may not wait either. */
    boolean waitFor(Waiting request) {
        long now = nanoTime.getAsLong();
        if (now - lastFull > burst.toNanos()) {
            fullSince = now;
        }
        lastFull = now;
        if (now - fullSince >= burst.toNanos() || waiting.size() >= most) {
            return false;
        }
        waiting.add(request);
        // A place may have been given back meanwhile.
        next();
        return true;
    }

    /** How many wait. */
    int waiting() {
        return waiting.size();
    }

    /** Refuses who waits still. */
    void giveUp(Waiting request) {
        if (waiting.remove(request)) {
            request.refuse();
        }
    }

    private void next() {
        while (!waiting.isEmpty() && take()) {
            Waiting next = waiting.poll();
            if (next == null || !next.begin()) {
                taken.decrementAndGet();
            }
        }
    }
}
