package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The last minutes of writes, second by second as their callers learn what became of them. Told of every write, so that
 * there is something to see for who opens the page late. Safe for use by many threads.
 */
final class WriteHistory {

    static final int SECONDS = 300;

    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 2;

    private final Deque<Slice> ended = new ArrayDeque<>();
    private final Histogram acknowledged = new Histogram(LONGEST_MICROS, DIGITS);
    private final Histogram failed = new Histogram(LONGEST_MICROS, DIGITS);
    private int[] counts = new int[Outcome.values().length];
    private long second = -1;

    /**
     * One second.
     *
     * @param at in seconds since 1970
     * @param counts writes by outcome, in the order of {@link Outcome}
     * @param p50 of the acknowledged ones' latencies, in ms; likewise the other two
     * @param failed the longest latency of a failure, in ms
     */
    record Slice(
            long at,
            int[] counts,
            @Nullable Double p50,
            @Nullable Double p99,
            @Nullable Double failed) {}

    synchronized void add(Write write, long nowMillis) {
        turnTo(TimeUnit.MILLISECONDS.toSeconds(nowMillis));
        Outcome outcome = write.answer().outcome();
        counts[outcome.ordinal()]++;
        long micros = Math.min(
                LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(write.latency().toNanos()));
        if (outcome == Outcome.ACKNOWLEDGED) {
            acknowledged.recordValue(micros);
        } else if (outcome.isFailure()) {
            failed.recordValue(micros);
        }
    }

    /** Those that began at a time or later and are over, the oldest first; a second without writes is left out. */
    synchronized List<Slice> since(long fromSecond, long nowMillis) {
        turnTo(TimeUnit.MILLISECONDS.toSeconds(nowMillis));
        List<Slice> slices = new ArrayList<>();
        ended.forEach(slice -> {
            if (slice.at() >= fromSecond) {
                slices.add(slice);
            }
        });
        return slices;
    }

    private void turnTo(long now) {
        if (now <= second) {
            return;
        }
        if (second >= 0 && Arrays.stream(counts).anyMatch(count -> count > 0)) {
            ended.addLast(new Slice(
                    second,
                    counts,
                    acknowledged.getTotalCount() == 0 ? null : millis(acknowledged.getValueAtPercentile(50)),
                    acknowledged.getTotalCount() == 0 ? null : millis(acknowledged.getValueAtPercentile(99)),
                    failed.getTotalCount() == 0 ? null : millis(failed.getMaxValue())));
            counts = new int[counts.length];
            acknowledged.reset();
            failed.reset();
        }
        second = now;
        while (!ended.isEmpty() && ended.peekFirst().at() < now - SECONDS) {
            ended.removeFirst();
        }
    }

    private static double millis(long micros) {
        return micros / 1000.0;
    }
}
