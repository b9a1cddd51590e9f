package dev.databasetraffic.channelguard;

import java.time.Duration;

/**
 * How long something may take: what is set, or half as much again as it was lately seen to take. Not synchronized.
 *
 * <p>Before it was seen at all, nobody knows what is normal here, and a cold JVM takes several times as long as a warm one:
 * then five times what is set, and twice that each time that it was not enough.
 */
final class Limit {

    private static final int GENEROUS = 5;

    /** After which gRPC gives up a connect by itself. */
    private static final long MOST = Duration.ofSeconds(20).toNanos();

    private final long set;
    private final boolean doubling;
    private long seen;
    private long first;

    /** @param doubling whether the limit for what was never seen grows */
    Limit(Duration set, boolean doubling) {
        this.set = set.toNanos();
        this.doubling = doubling;
        this.first = GENEROUS * this.set;
    }

    /** In nanoseconds. */
    long nanos() {
        return seen == 0 ? first : Math.min(Math.max(set, seen + seen / 2), GENEROUS * set);
    }

    /** Takes note that it took so long, in nanoseconds; one slow time among fast ones is soon forgotten. */
    void took(long nanos) {
        seen = Math.max(Math.max(1, nanos), seen / 2);
    }

    /** Takes note that the limit passed. */
    void passed() {
        if (seen == 0 && doubling) {
            first = Math.max(first, Math.min(2 * first, MOST));
        }
    }
}
