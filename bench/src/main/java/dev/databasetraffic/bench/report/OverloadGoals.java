package dev.databasetraffic.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What plants-service aims at past its limit, and what was measured. */
final class OverloadGoals {

    /** Milliseconds: the service's deadline of 2 s, and a quarter of a second for its answer. */
    private static final double LONGEST = 2_250;

    private final List<OverloadedRate> scenario;
    private final List<List<String>> table;

    private OverloadGoals(List<OverloadedRate> scenario, List<List<String>> table) {
        this.scenario = scenario;
        this.table = table;
    }

    static String markdown(List<OverloadedRate> all, String plants) {
        List<List<String>> table = new ArrayList<>();
        List<OverloadedRate> ours =
                all.stream().filter(row -> row.subject().equals(plants)).toList();
        ours.stream()
                .map(OverloadedRate::scenario)
                .distinct()
                .forEach(scenario -> new OverloadGoals(
                                ours.stream()
                                        .filter(row -> row.scenario().equals(scenario))
                                        .toList(),
                                table)
                        .judge());
        return Markdown.table(List.of("asked", "goal", "measured", "met"), table);
    }

    private void judge() {
        scenario.stream()
                .filter(OverloadedRate::isOverload)
                .map(OverloadedRate::loadText)
                .distinct()
                .forEach(load -> {
                    Predicate<OverloadedRate> there = row -> row.loadText().equals(load);
                    String at = " at " + load + " × the limit";
                    row("acknowledged" + at + " ≥ 0.9 of the best", there, OverloadedRate::goodput, 0.9, 1, 2);
                    row("longest answer" + at + " ≤ 2,250 ms", there, OverloadedRate::longest, LONGEST, -1, 0);
                    row("p99 of refusals" + at + " ≤ 50 ms", there, OverloadedRate::refusedP99, 50, -1, 1);
                    row(
                            "a refusal" + at + " costs ≤ 0.1 of a served one",
                            there,
                            OverloadedRate::refusalCost,
                            0.1,
                            -1,
                            2);
                    row("health" + at + " < 50 ms", there, OverloadedRate::health, 50, -1, 0);
                    row(
                            "normal ≤ 1 s after " + load + " × the limit",
                            row -> scenario.stream().anyMatch(before -> there.test(before) && row.isAfter(before)),
                            OverloadedRate::normalAfter,
                            1,
                            -1,
                            2);
                });
        row("wrong answers 0", row -> true, OverloadedRate::wrong, 0, -1, 0);
    }

    /** @param sense 1 if more is better, -1 if less is */
    private void row(
            String goal,
            Predicate<OverloadedRate> which,
            ToDoubleFunction<OverloadedRate> value,
            double bound,
            int sense,
            int digits) {
        double[] measured =
                stream(which).mapToDouble(value).filter(Double::isFinite).toArray();
        if (measured.length > 0) {
            Spread spread = Spread.of(Arrays.stream(measured));
            table.add(List.of(
                    scenario.get(0).scenario(),
                    goal,
                    spread.withDigits(digits),
                    sense * (spread.median() - bound) >= 0 ? "yes" : "**no**"));
        }
    }

    private Stream<OverloadedRate> stream(Predicate<OverloadedRate> which) {
        return scenario.stream().filter(which);
    }
}
