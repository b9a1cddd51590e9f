package dev.databasetraffic.bench.report;

import dev.databasetraffic.bench.load.OpenResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that the bench of open loops measured. */
public record OpenResults(Instant startedAt, Machine machine, Map<String, String> settings, List<Row> rows) {

    /**
     * One rate of one start.
     *
     * @param ready seconds from the start of the process
     * @param rate offered, requests per second
     * @param acknowledged share of what was due, 0 to 1; as {@code refused} and {@code failed}
     * @param failed neither acknowledged nor refused
     * @param goodput acknowledged per second
     * @param p50 of the acknowledged, in milliseconds, as the other times
     * @param refusedP99 of the refused; NaN if none was
     * @param cpu of the service, microseconds per answer; NaN if there was none
     * @param residentMegabytes of the service, after this rate
     * @param wrong answers that said what the database does not
     */
    public record Row(
            String subject,
            String form,
            int round,
            double ready,
            int rate,
            double acknowledged,
            double refused,
            double failed,
            double goodput,
            double p50,
            double p99,
            double refusedP99,
            double longest,
            double cpu,
            double residentMegabytes,
            long wrong) {

        public static Row of(
                String subject,
                String form,
                int round,
                double ready,
                OpenResult result,
                Duration cpu,
                double residentMegabytes,
                long wrong) {
            double due = result.due();
            return new Row(
                    subject,
                    form,
                    round,
                    ready,
                    result.stage().rate(),
                    result.acknowledged() / due,
                    result.refused() / due,
                    result.failed() / due,
                    result.goodput(),
                    result.acknowledgedWithin(0.5),
                    result.acknowledgedWithin(0.99),
                    result.refusedWithin(0.99),
                    result.longest(),
                    result.answered() == 0 ? Double.NaN : cpu.toNanos() / 1000.0 / result.answered(),
                    residentMegabytes,
                    wrong);
        }

        /** For who watches. */
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "%-14s %-24s ready %4.1f s  %5d/s: %5.1f %% acknowledged, %4.1f %% refused, %4.1f %% failed, %5.0f/s, "
                            + "p50 %.1f p99 %.1f, refused p99 %.1f, longest %.0f ms, %.0f µs CPU, %.0f MB, %d wrong",
                    subject,
                    form,
                    ready,
                    rate,
                    100 * acknowledged,
                    100 * refused,
                    100 * failed,
                    goodput,
                    p50,
                    p99,
                    refusedP99,
                    longest,
                    cpu,
                    residentMegabytes,
                    wrong);
        }
    }

    /** The goals of ours, and a row for each rate and subject. */
    public String markdown(String plants, String go) {
        Map<List<Object>, List<Row>> groups = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> List.of(row.rate(), row.subject(), row.form()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<List<String>> table = new ArrayList<>();
        groups.entrySet().stream()
                .sorted(Map.Entry.comparingByKey((a, b) -> (Integer) a.get(0) - (Integer) b.get(0)))
                .forEach(group -> {
                    List<Row> of = group.getValue();
                    table.add(List.of(
                            group.getKey().get(0).toString(),
                            group.getKey().get(1).toString(),
                            group.getKey().get(2).toString(),
                            Spread.text(of, row -> 100 * row.acknowledged(), 1),
                            Spread.text(of, row -> 100 * row.refused(), 1),
                            Spread.text(of, row -> 100 * row.failed(), 1),
                            Spread.text(of, Row::goodput, 0),
                            Spread.text(of, Row::p50, 1),
                            Spread.text(of, Row::p99, 1),
                            Spread.text(of, Row::refusedP99, 1),
                            Spread.text(of, Row::longest, 0),
                            Spread.text(of, Row::cpu, 0),
                            Spread.text(of, Row::residentMegabytes, 0),
                            Long.toString(of.stream().mapToLong(Row::wrong).sum())));
                });
        return String.join(
                "\n\n",
                Markdown.measured(startedAt, machine, settings),
                OpenGoals.markdown(rows, plants, go),
                Markdown.table(
                        List.of(
                                "offered/s",
                                "subject",
                                "form",
                                "acknowledged %",
                                "refused %",
                                "failed %",
                                "acknowledged/s",
                                "p50 ms",
                                "p99 ms",
                                "p99 of refusals ms",
                                "longest ms",
                                "µs CPU/answer",
                                "RSS MB",
                                "wrong"),
                        table));
    }
}
