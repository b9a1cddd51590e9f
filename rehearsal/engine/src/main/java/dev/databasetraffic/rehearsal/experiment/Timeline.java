package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The run in slices of equal length, few enough to be drawn whatever the run's length. A write belongs to the slice in
 * which it was due, so the slices show the offered load and, by outcome, what became of it. A last slice that the run
 * did not fill is left out.
 */
public record Timeline(Duration slice, List<Slice> slices) {

    private static final int MOST = 90;
    private static final List<Duration> LENGTHS = Stream.concat(
                    LongStream.of(250, 500).mapToObj(Duration::ofMillis),
                    LongStream.of(1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
                            .mapToObj(Duration::ofSeconds))
            .toList();

    /**
     * What began in a slice.
     *
     * @param acknowledged latencies of the acknowledged writes; absent if there were none
     * @param failed latencies of the failed ones; absent if there were none
     */
    public record Slice(
            Map<Outcome, Integer> outcomes,
            @Nullable Range acknowledged,
            @Nullable Range failed) {

        /** How many of its writes had an outcome. */
        public int count(Outcome outcome) {
            return outcomes.getOrDefault(outcome, 0);
        }
    }

    /** The spread of some latencies. */
    public record Range(Duration min, Duration p50, Duration max) {

        private static @Nullable Range of(Latencies all) {
            return all.count() == 0 ? null : new Range(all.least(), all.quantile(0.5), all.greatest());
        }
    }

    /** How long the slices last together. */
    public Duration length() {
        return slice.multipliedBy(slices.size());
    }

    /** Draws up the timeline of the writes that began within a length of time. */
    static Timeline of(Ledger ledger, Duration length) {
        Duration slice = LENGTHS.stream()
                .filter(candidate -> length.toNanos() / candidate.toNanos() <= MOST)
                .findFirst()
                .orElse(LENGTHS.get(LENGTHS.size() - 1));
        int count = (int) (length.toNanos() / slice.toNanos());
        List<Builder> builders =
                Stream.generate(Builder::new).limit(Math.max(1, count)).toList();
        ledger.ended().forEach(write -> {
            long index = write.start().toNanos() / slice.toNanos();
            if (index < builders.size()) {
                builders.get((int) index).add(write);
            }
        });
        return new Timeline(slice, builders.stream().map(Builder::build).toList());
    }

    private static final class Builder {

        private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        private final Latencies acknowledged = new Latencies();
        private final Latencies failed = new Latencies();

        void add(Write write) {
            Outcome outcome = write.answer().outcome();
            outcomes.merge(outcome, 1, Integer::sum);
            if (outcome == Outcome.ACKNOWLEDGED) {
                acknowledged.add(write.latency());
            } else if (outcome.isFailure()) {
                failed.add(write.latency());
            }
        }

        Slice build() {
            return new Slice(outcomes, Range.of(acknowledged), Range.of(failed));
        }
    }
}
