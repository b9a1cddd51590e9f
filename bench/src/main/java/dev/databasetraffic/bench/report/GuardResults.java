package dev.databasetraffic.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Everything that the bench of the guard measured. */
public record GuardResults(Instant startedAt, Machine machine, int rounds, List<Fork> forks) {

    private static final double GOAL_NANOSECONDS = 1000;

    /** No object of a JVM is smaller. */
    private static final double LEAST_OBJECT = 8;

    private static final String WHOLE_CALL = "unaryCall";

    /**
     * One JVM of its own.
     *
     * @param round from 1; both sides of a round ran one after the other
     * @param asWritten whether the compiler left every object that the code makes; otherwise it removes some, of gRPC's above
     *     all, and now one more and now one less when anything changes
     * @param nanoseconds that passed per call, which on a busy machine are others' as well
     * @param cpuNanoseconds processor time of the all Java threads per call
     * @param bytes allocated per call
     */
    public record Fork(
            String benchmark,
            boolean guarded,
            boolean asWritten,
            int round,
            double nanoseconds,
            double cpuNanoseconds,
            double bytes) {}

    public String markdown() {
        Spread time = added(WHOLE_CALL, false, Fork::cpuNanoseconds);
        Spread bytes = added(WHOLE_CALL, true, Fork::bytes);
        return String.join(
                "\n\n",
                Markdown.measured(startedAt, machine) + " Each figure is of " + rounds + " forks.",
                Markdown.table(
                        List.of("goal", "measured", "met"),
                        List.of(
                                List.of(
                                        "a call costs ≤ %.0f ns more".formatted(GOAL_NANOSECONDS),
                                        time.withDigits(0),
                                        Goal.met(time.median() <= GOAL_NANOSECONDS)),
                                List.of(
                                        "a call makes no object more",
                                        bytes.withDigits(2) + " bytes",
                                        Goal.met(bytes.median() < LEAST_OBJECT)))),
                Markdown.table(
                        List.of(
                                "benchmark",
                                "bare CPU ns",
                                "guarded CPU ns",
                                "added CPU ns",
                                "bare ns passed",
                                "guarded ns passed",
                                "bare bytes",
                                "guarded bytes",
                                "added bytes as written"),
                        forks.stream()
                                .map(Fork::benchmark)
                                .distinct()
                                .map(this::row)
                                .toList()));
    }

    private List<String> row(String benchmark) {
        return List.of(
                "`" + benchmark + "`",
                spread(benchmark, false, Fork::cpuNanoseconds).withDigits(0),
                spread(benchmark, true, Fork::cpuNanoseconds).withDigits(0),
                added(benchmark, false, Fork::cpuNanoseconds).withDigits(0),
                spread(benchmark, false, Fork::nanoseconds).withDigits(0),
                spread(benchmark, true, Fork::nanoseconds).withDigits(0),
                spread(benchmark, false, Fork::bytes).withDigits(1),
                spread(benchmark, true, Fork::bytes).withDigits(1),
                added(benchmark, true, Fork::bytes).withDigits(2));
    }

    private Spread spread(String benchmark, boolean guarded, ToDoubleFunction<Fork> value) {
        return Spread.of(of(benchmark, guarded, false).mapToDouble(value));
    }

    /** By how much the guarded side of each round exceeds the bare one. */
    private Spread added(String benchmark, boolean asWritten, ToDoubleFunction<Fork> value) {
        return Spread.of(of(benchmark, true, asWritten)
                .mapToDouble(guarded -> value.applyAsDouble(guarded)
                        - of(benchmark, false, asWritten)
                                .filter(bare -> bare.round() == guarded.round())
                                .mapToDouble(value)
                                .findFirst()
                                .orElseThrow()));
    }

    private Stream<Fork> of(String benchmark, boolean guarded, boolean asWritten) {
        return forks.stream()
                .filter(fork -> fork.benchmark().equals(benchmark))
                .filter(fork -> fork.guarded() == guarded && fork.asWritten() == asWritten);
    }
}
