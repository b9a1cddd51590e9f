package dev.databasetraffic.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

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
        String meanwhile = scenario.get(0).there() < 1 ? " in the time that the database is there" : "";
        scenario.stream()
                .filter(OverloadedRate::isOverload)
                .map(OverloadedRate::loadText)
                .distinct()
                .forEach(load -> {
                    Predicate<OverloadedRate> there = row -> row.loadText().equals(load);
                    String at = " at " + load + " × the limit";
                    row(
                            Goal.atLeast(0.9, "acknowledged" + at + " ≥ 0.9 of the best" + meanwhile, 2),
                            there,
                            OverloadedRate::goodputOfPossible);
                    row(Goal.atMost(LONGEST, "longest answer" + at + " ≤ 2,250 ms", 0), there, OverloadedRate::longest);
                    row(Goal.atMost(50, "p99 of refusals" + at + " ≤ 50 ms", 1), there, OverloadedRate::refusedP99);
                    row(
                            Goal.atMost(0.1, "a refusal" + at + " costs ≤ 0.1 of a served one", 2),
                            there,
                            OverloadedRate::refusalCost);
                    row(Goal.atMost(50, "health" + at + " < 50 ms", 0), there, OverloadedRate::health);
                    row(
                            Goal.atMost(1, "normal ≤ 1 s after " + load + " × the limit", 2),
                            row -> row.there() == 1
                                    && scenario.stream().anyMatch(before -> there.test(before) && row.isAfter(before)),
                            OverloadedRate::normalAfter);
                });
        row(Goal.atMost(0, "wrong answers 0", 0), row -> true, OverloadedRate::wrong);
    }

    private void row(Goal goal, Predicate<OverloadedRate> which, ToDoubleFunction<OverloadedRate> value) {
        goal.judge(
                scenario.stream().filter(which).mapToDouble(value),
                table,
                scenario.get(0).scenario());
    }
}
