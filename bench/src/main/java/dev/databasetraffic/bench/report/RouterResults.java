package dev.databasetraffic.bench.report;

import dev.databasetraffic.bench.passing.BytesLoad;
import dev.databasetraffic.bench.passing.BytesPeer.Passed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that the bench of the router measured.
 *
 * @param subjects in the order of the tables
 */
public record RouterResults(
        Instant startedAt, Machine machine, Map<String, String> settings, List<String> subjects, List<Row> rows) {

    private static final String NONE = "–";

    /**
     * One slice of one load.
     *
     * @param perSecond megabytes, connections or messages
     * @param p50 of a connection or message, in microseconds, as {@code p99}; 0 for streams
     * @param cpu of who passes the bytes, microseconds per megabyte, connection or message
     * @param residentMegabytes of it, after the slice
     */
    public record Row(
            String subject,
            BytesLoad load,
            int round,
            int slice,
            double perSecond,
            double p50,
            double p99,
            double cpu,
            double residentMegabytes) {

        public static Row of(
                String subject,
                BytesLoad load,
                int round,
                int slice,
                Passed passed,
                Duration cpu,
                double residentMegabytes) {
            return new Row(
                    subject,
                    load,
                    round,
                    slice,
                    passed.perSecond(),
                    passed.p50Micros(),
                    passed.p99Micros(),
                    cpu.toNanos() / 1000.0 / passed.units(),
                    residentMegabytes);
        }

        /** For who watches. */
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "%-14s %-10s %7.0f/s, p50 %.1f p99 %.1f µs, %.1f µs CPU each, %.0f MB",
                    load.title(),
                    subject,
                    perSecond,
                    p50,
                    p99,
                    cpu,
                    residentMegabytes);
        }

        boolean isOfSameSlice(Row other) {
            return load == other.load && round == other.round && slice == other.slice;
        }
    }

    /**
     * The goals of ours, and tables of all.
     *
     * @param router what ours is called
     * @param direct what the way without anybody is called
     */
    public String markdown(String router, String direct) {
        RouterGoals goals = new RouterGoals(rows, router, direct);
        List<List<String>> streams = new ArrayList<>();
        List<List<String>> calls = new ArrayList<>();
        for (BytesLoad load : BytesLoad.values()) {
            for (String subject : subjects) {
                List<Row> of = rows.stream()
                        .filter(row -> row.load() == load && row.subject().equals(subject))
                        .toList();
                boolean isOne = !subject.equals(direct);
                List<String> row = new ArrayList<>(List.of(
                        load.title(),
                        subject,
                        Spread.text(of, Row::perSecond, 0),
                        isOne ? Spread.text(of, Row::cpu, 1) : NONE,
                        isOne ? Spread.text(of, Row::residentMegabytes, 0) : NONE));
                if (load.isStream()) {
                    streams.add(row);
                } else {
                    row.add(Spread.text(of, Row::p50, 1));
                    row.add(Spread.text(of, Row::p99, 1));
                    // Callers who are many wait for each other, and not for the proxy alone.
                    boolean isAlone = isOne && load == BytesLoad.MESSAGES;
                    row.add(isAlone ? Spread.text(of, goals::added, 1) : NONE);
                    row.add(isAlone ? Spread.text(of, goals::addedP99, 1) : NONE);
                    calls.add(row);
                }
            }
        }
        return String.join(
                "\n\n",
                Markdown.measured(startedAt, machine, settings),
                goals.markdown(),
                Markdown.table(List.of("load", "subject", "MB/s", "µs CPU/MB", "RSS MB"), streams),
                Markdown.table(
                        List.of(
                                "load",
                                "subject",
                                "per second",
                                "µs CPU each",
                                "RSS MB",
                                "p50 µs",
                                "p99 µs",
                                "added p50 µs",
                                "added p99 µs"),
                        calls));
    }
}
