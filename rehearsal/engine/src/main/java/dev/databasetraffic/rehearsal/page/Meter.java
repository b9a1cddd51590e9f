package dev.databasetraffic.rehearsal.page;

import java.util.concurrent.TimeUnit;

/** Turns counts that only grow into rates. Confined to one thread. */
final class Meter {

    private long[] last = {};
    private long lastAt;
    private long movedAt;

    /** Per second, since the last call; empty at the first one, and if the counter began anew. */
    double[] rates(long now, long... counts) {
        boolean first = last.length != counts.length;
        double seconds = (now - lastAt) / 1e9;
        double[] rates = new double[counts.length];
        boolean moved = first;
        boolean anew = first;
        for (int i = 0; i < counts.length && !anew; i++) {
            long difference = counts[i] - last[i];
            anew = difference < 0;
            moved |= difference != 0;
            rates[i] = difference / seconds;
        }
        last = counts.clone();
        lastAt = now;
        if (moved) {
            movedAt = now;
        }
        return anew ? new double[0] : rates;
    }

    /** Seconds since a count last grew, or since the first call. */
    long quiet(long now) {
        return TimeUnit.NANOSECONDS.toSeconds(now - movedAt);
    }
}
