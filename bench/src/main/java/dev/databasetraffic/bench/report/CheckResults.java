package dev.databasetraffic.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Everything that the bench of the checker measured. */
public record CheckResults(Instant startedAt, Machine machine, int rounds, List<Checked> runs) {

    /** Of the largest mesh, the start of the JVM included. */
    private static final double GOAL_SECONDS = 4;

    /**
     * One run of the checker.
     *
     * @param objects that it read
     * @param seconds from the start of the script to its end
     * @param cpuSeconds CPU time of it and its children
     */
    public record Checked(int objects, double seconds, double cpuSeconds) {}

    public String markdown() {
        List<Integer> sizes =
                runs.stream().map(Checked::objects).distinct().sorted().toList();
        int largest = sizes.get(sizes.size() - 1);
        Spread seconds = spread(largest, Checked::seconds);
        return String.join(
                "\n\n",
                Markdown.measured(startedAt, machine) + " Each figure is of " + rounds + " runs.",
                Markdown.table(
                        List.of("goal", "measured", "met"),
                        List.of(List.of(
                                "%d objects in ≤ %.0f s".formatted(largest, GOAL_SECONDS),
                                seconds.withDigits(2),
                                Goal.met(seconds.median() <= GOAL_SECONDS)))),
                Markdown.table(
                        List.of("objects", "s", "CPU s"),
                        sizes.stream()
                                .map(size -> List.of(
                                        size.toString(),
                                        spread(size, Checked::seconds).withDigits(2),
                                        spread(size, Checked::cpuSeconds).withDigits(2)))
                                .toList()));
    }

    private Spread spread(int objects, ToDoubleFunction<Checked> value) {
        return Spread.of(runs.stream().filter(run -> run.objects() == objects).mapToDouble(value));
    }
}
