package dev.databasetraffic.bench.report;

import dev.databasetraffic.bench.passing.BytesLoad;
import dev.databasetraffic.bench.passing.Envoy;
import dev.databasetraffic.bench.passing.Toxiproxy;
import dev.databasetraffic.bench.report.RouterResults.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the router aims at, beside others that pass bytes, and what was measured. */
final class RouterGoals {

    /** How far Envoy may be ahead. */
    private static final double BEHIND_ENVOY = 1.2;

    private final List<Row> rows;
    private final String router;
    private final String direct;
    private final List<List<String>> table = new ArrayList<>();

    RouterGoals(List<Row> rows, String router, String direct) {
        this.rows = rows;
        this.router = router;
        this.direct = direct;
    }

    String markdown() {
        against(Envoy.NAME, BEHIND_ENVOY);
        against(Toxiproxy.NAME, 1);
        return Markdown.table(List.of("goal", "measured", "met"), table);
    }

    /** @param behind how far ours may be behind this one */
    private void against(String peer, double behind) {
        for (BytesLoad load : BytesLoad.values()) {
            if (load != BytesLoad.MESSAGES) {
                String what = load.isStream() ? load.title() + ", MB/s" : load.title() + "/s";
                goal(
                        load,
                        Goal.atLeast(1 / behind, "%s ≥ %.2f × %s's".formatted(what, 1 / behind, peer), 2),
                        row -> row.perSecond() / inSameSlice(row, peer, Row::perSecond));
            }
        }
        goal(
                BytesLoad.MESSAGES,
                Goal.atMost(behind, "p50 that it adds ≤ %.2f × what %s adds".formatted(behind, peer), 2),
                row -> added(row) / inSameSlice(row, peer, this::added));
    }

    /** To the p50 of the way without anybody, in microseconds. */
    double added(Row row) {
        return row.p50() - inSameSlice(row, direct, Row::p50);
    }

    /** Likewise. */
    double addedP99(Row row) {
        return row.p99() - inSameSlice(row, direct, Row::p99);
    }

    private double inSameSlice(Row of, String subject, ToDoubleFunction<Row> value) {
        return rows.stream()
                .filter(row -> row.subject().equals(subject) && row.isOfSameSlice(of))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }

    private void goal(BytesLoad load, Goal goal, ToDoubleFunction<Row> value) {
        goal.judge(
                rows.stream()
                        .filter(row -> row.subject().equals(router) && row.load() == load)
                        .mapToDouble(value),
                table);
    }
}
