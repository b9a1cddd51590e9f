package dev.databasetraffic.plants.edge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What is done once a second at most, by whichever thread comes first. */
final class EachSecond {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final AtomicLong last;

    EachSecond(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        last = new AtomicLong(nanoTime.getAsLong() - SECOND);
    }

    /** Whether it is to be done now, by who asks. */
    boolean isDue() {
        long now = nanoTime.getAsLong();
        long before = last.get();
        return now - before >= SECOND && last.compareAndSet(before, now);
    }
}
