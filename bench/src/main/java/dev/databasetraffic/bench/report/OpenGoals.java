package dev.databasetraffic.bench.report;

import dev.databasetraffic.bench.report.OpenResults.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a form of plants-service aims at from the moment that it is ready, and what was measured. */
final class OpenGoals {

    /** Requests per second that a pod may meet at once, and many more of them. */
    private static final int USUAL = 1_000;

    private static final int MANY = 3_000;

    /** From here on nobody serves all. */
    private static final int TOO_MANY = 12_000;

    /** Milliseconds: the service's deadline of 2 s, and a quarter of a second for its answer. */
    private static final double LONGEST = 2_250;

    private final List<Row> all;
    private final String go;
    private final List<List<String>> table = new ArrayList<>();

    private OpenGoals(List<Row> all, String go) {
        this.all = all;
        this.go = go;
    }

    static String markdown(List<Row> all, String plants, String go) {
        OpenGoals goals = new OpenGoals(all, go);
        all.stream()
                .filter(row -> row.subject().equals(plants))
                .map(Row::form)
                .distinct()
                .forEach(form -> goals.judge(all.stream()
                        .filter(row ->
                                row.subject().equals(plants) && row.form().equals(form))
                        .toList()));
        return Markdown.table(List.of("form", "goal", "measured", "met"), goals.table);
    }

    private void judge(List<Row> form) {
        atLeast(form, USUAL, "acknowledged at 1,000/s ≥ 99.5 %", 99.5, row -> 100 * row.acknowledged());
        atMost(form, USUAL, "p99 at 1,000/s ≤ 1.5 × plain Go's", 1.5, row -> row.p99() / peer(row));
        atLeast(form, MANY, "acknowledged at 3,000/s ≥ 95 %", 95, row -> 100 * row.acknowledged());
        for (int rate : form.stream()
                .map(Row::rate)
                .filter(rate -> rate >= TOO_MANY)
                .distinct()
                .sorted()
                .toList()) {
            String at = " at %,d/s".formatted(rate);
            atLeast(
                    form,
                    rate,
                    "acknowledged/s" + at + " ≥ 0.9 of the best of its start",
                    0.9,
                    row -> row.goodput() / best(form, row));
            atMost(form, rate, "longest answer" + at + " ≤ 2,250 ms", LONGEST, Row::longest);
            atMost(form, rate, "p99 of refusals" + at + " ≤ 50 ms", 50, Row::refusedP99);
        }
    }

    /** Of the same round, minutes apart. */
    private double peer(Row of) {
        return all.stream()
                .filter(row -> row.subject().equals(go) && row.round() == of.round() && row.rate() == of.rate())
                .mapToDouble(Row::p99)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double best(List<Row> form, Row of) {
        return form.stream()
                .filter(row -> row.round() == of.round())
                .mapToDouble(Row::goodput)
                .max()
                .orElse(Double.NaN);
    }

    private void atLeast(List<Row> form, int rate, String goal, double bound, ToDoubleFunction<Row> value) {
        row(form, rate, Goal.atLeast(bound, goal, digits(bound)), value);
    }

    private void atMost(List<Row> form, int rate, String goal, double bound, ToDoubleFunction<Row> value) {
        row(form, rate, Goal.atMost(bound, goal, digits(bound)), value);
    }

    private void row(List<Row> form, int rate, Goal goal, ToDoubleFunction<Row> value) {
        goal.judge(
                form.stream().filter(row -> row.rate() == rate).mapToDouble(value),
                table,
                form.get(0).form());
    }

    private static int digits(double bound) {
        return bound < 10 ? 2 : 1;
    }
}
