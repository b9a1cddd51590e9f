package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;

/** How long calls took, counted rather than kept: percentiles within a thousandth, the least and the greatest exact. */
final class Latencies {

    private static final int DIGITS = 3;
    private static final long NANOS_PER_MICRO = 1000;

    private final AbstractHistogram micros = new IntCountsHistogram(DIGITS);
    private long least = Long.MAX_VALUE;
    private long greatest;

    void add(Duration latency) {
        long nanos = latency.toNanos();
        micros.recordValue(nanos / NANOS_PER_MICRO);
        least = Math.min(least, nanos);
        greatest = Math.max(greatest, nanos);
    }

    int count() {
        return (int) micros.getTotalCount();
    }

    Duration least() {
        return Duration.ofNanos(least);
    }

    Duration greatest() {
        return Duration.ofNanos(greatest);
    }

    /** The nearest rank: the smallest latency that at least this share of the calls did not exceed. */
    Duration quantile(double share) {
        long value = micros.lowestEquivalentValue(micros.getValueAtPercentile(share * 100)) * NANOS_PER_MICRO;
        return Duration.ofNanos(Math.min(greatest, Math.max(least, value)));
    }
}
