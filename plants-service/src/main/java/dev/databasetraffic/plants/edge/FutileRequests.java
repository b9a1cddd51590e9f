package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.KnownAbsence;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Requests that come while the database is known to be away. Some each second go their whole way to fail, so that the log
 * has them, and who asks for something impossible is told so and not to come back. The others had better not: to fail costs
 * more than to succeed, and what it takes is wanted to reach the database again.
 */
final class FutileRequests {

    private final KnownAbsence absence;
    private final int most;
    private final EachSecond second;
    private final AtomicInteger onTheirWay = new AtomicInteger();

    /** @param most that go their whole way, in a second */
    FutileRequests(KnownAbsence absence, int most, LongSupplier nanoTime) {
        this.absence = absence;
        this.most = most;
        second = new EachSecond(nanoTime);
    }

    /** Whether one that comes now is better answered at once. */
    boolean areTooMany() {
        if (!absence.isNow()) {
            return false;
        }
        if (second.isDue()) {
            onTheirWay.set(0);
        }
        return onTheirWay.incrementAndGet() > most;
    }
}
