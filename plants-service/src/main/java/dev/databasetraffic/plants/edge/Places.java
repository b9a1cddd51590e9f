package dev.databasetraffic.plants.edge;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Room for requests in progress. Where there is none, as many may wait for it as there are places: after a moment in which
 * nothing moved, those are served in the next. Where the line moves slowly for longer, it is no such moment but too much
 * load: nobody joins it any more, so that who is refused is told so at once, and who is served has hardly waited. That is
 * controlled delay (<a href="https://www.rfc-editor.org/rfc/rfc8289">RFC 8289</a>), but for refusing those who come instead
 * of the first, who has waited already.
 */
final class Places {

    /** A wait of such a part of the longest burst is a slow one: that RFC's target is as small a part of its interval. */
    private static final int SLOW = 10;

    private final int most;
    private final long burst;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final AtomicInteger taken = new AtomicInteger();
    private final Queue<InLine> line = new ConcurrentLinkedQueue<>();

    /** Of the one thread that sees requests come, as is the next. */
    private long slowSince;

    private long lastSlow;

    /**
     * @param burst for how long the line may move slowly until nobody joins it any more, and for how long it must not until
     *     that is forgotten
     * @param patience how long one waits
     */
    Places(int most, Duration burst, Duration patience, LongSupplier nanoTime) {
        this.most = most;
        this.burst = burst.toNanos();
        this.patience = patience;
        this.nanoTime = nanoTime;
        lastSlow = nanoTime.getAsLong() - this.burst - 1;
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

    private record InLine(Waiting request, long since) {}

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
        return line.isEmpty() && take();
    }

    void giveBack() {
        taken.decrementAndGet();
        next();
    }

    /** For a request that has found none; returns false if it may not wait either. */
    boolean waitFor(Waiting request) {
        long now = nanoTime.getAsLong();
        if (isOverloaded(now) || line.size() >= most) {
            return false;
        }
        line.add(new InLine(request, now));
        // A place may have been given back meanwhile.
        next();
        return true;
    }

    private boolean isOverloaded(long now) {
        InLine first = line.peek();
        if (first == null || now - first.since <= burst / SLOW) {
            return false;
        }
        if (now - lastSlow > burst) {
            slowSince = now;
        }
        lastSlow = now;
        return now - slowSince >= burst;
    }

    /** How many wait. */
    int waiting() {
        return line.size();
    }

    /** Refuses who waits still. */
    void giveUp(Waiting request) {
        if (line.removeIf(waits -> waits.request == request)) {
            request.refuse();
        }
    }

    private void next() {
        while (!line.isEmpty() && take()) {
            begin(line.poll());
        }
    }

    private void begin(@Nullable InLine next) {
        boolean begun = false;
        try {
            begun = next != null && next.request.begin();
        } finally {
            if (!begun) {
                taken.decrementAndGet();
            }
        }
    }
}
