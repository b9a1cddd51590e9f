package dev.databasetraffic.bench.report;

import dev.databasetraffic.bench.generating.Generator.Said;
import dev.databasetraffic.bench.generating.KnownDelay.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Everything that the bench of load generators measured.
 *
 * @param stalled loads of a service that stalls at times
 */
public record GeneratorResults(
        Instant startedAt, Machine machine, Map<String, String> settings, List<Row> rows, List<Row> stalled) {

    /**
     * One load of one generator.
     *
     * @param due requests that were asked of it
     */
    public record Row(String generator, int rate, int round, long due, Said said, Seen seen) {

        /** For who watches. */
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "%-14s %5d/s: %.1f/s came, %d to %d in 100 ms, %d not sent; p50 %.2f (%.2f) p99 %.2f (%.2f) ms,"
                            + " %.0f µs CPU, %.0f MB",
                    generator,
                    rate,
                    seen.perSecond(),
                    seen.fewest(),
                    seen.most(),
                    said.notSent(),
                    said.p50Millis(),
                    seen.p50Millis(),
                    said.p99Millis(),
                    seen.p99Millis(),
                    said.cpuMicros(),
                    said.residentMegabytes());
        }
    }

    public String markdown() {
        return String.join(
                "\n\n",
                Markdown.measured(startedAt, machine, settings),
                Markdown.table(
                        List.of(
                                "asked/s",
                                "generator",
                                "error of the rate %",
                                "came in 100 ms",
                                "not sent",
                                "p50 too long by ms",
                                "p99 too long by ms",
                                "µs CPU/request",
                                "RSS MB"),
                        cells(rows, GeneratorResults::steady)),
                "A service that answers nothing for the last 500 ms of every 5 s. What callers wait is that of one who"
                        + " comes at any time, whether or not the generator sent anything then:",
                Markdown.table(
                        List.of(
                                "asked/s",
                                "generator",
                                "not sent %",
                                "p50 as it says, ms",
                                "p99 as it says, ms",
                                "p99 that callers wait, ms",
                                "p99 too short by ms"),
                        cells(stalled, GeneratorResults::stalling)));
    }

    private List<List<String>> cells(List<Row> all, Function<List<Row>, List<String>> measured) {
        List<List<String>> table = new ArrayList<>();
        for (int rate : all.stream().map(Row::rate).distinct().sorted().toList()) {
            for (String generator : rows.stream().map(Row::generator).distinct().toList()) {
                List<Row> of = all.stream()
                        .filter(row -> row.rate() == rate && row.generator().equals(generator))
                        .toList();
                List<String> line = new ArrayList<>(List.of(Integer.toString(rate), generator));
                line.addAll(measured.apply(of));
                table.add(line);
            }
        }
        return table;
    }

    private static List<String> steady(List<Row> of) {
        return List.of(
                Spread.text(of, row -> 100 * (row.seen().perSecond() / row.rate() - 1), 2),
                Spread.text(of, row -> row.seen().fewest(), 0) + " to "
                        + Spread.text(of, row -> row.seen().most(), 0),
                Long.toString(of.stream().mapToLong(row -> row.said().notSent()).sum()),
                Spread.text(of, row -> row.said().p50Millis() - row.seen().p50Millis(), 2),
                Spread.text(of, row -> row.said().p99Millis() - row.seen().p99Millis(), 2),
                Spread.text(of, row -> row.said().cpuMicros(), 0),
                Spread.text(of, row -> row.said().residentMegabytes(), 0));
    }

    private static List<String> stalling(List<Row> of) {
        return List.of(
                Spread.text(of, row -> 100.0 * row.said().notSent() / row.due(), 1),
                Spread.text(of, row -> row.said().p50Millis(), 2),
                Spread.text(of, row -> row.said().p99Millis(), 1),
                Spread.text(of, row -> row.seen().dueP99Millis(), 1),
                Spread.text(of, row -> row.seen().dueP99Millis() - row.said().p99Millis(), 1));
    }
}
