package dev.databasetraffic.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Markdown of a bench under load. */
public final class LoadTables {

    private final LoadResults results;
    private final String base;

    /** @param base the subject that is 1.0 in the column of ratios */
    public LoadTables(LoadResults results, String base) {
        this.results = results;
        this.base = base;
    }

    /** One table of what callers see and one of what it costs, for each number of connections. */
    public String markdown() {
        List<List<String>> seen = new ArrayList<>();
        List<List<String>> cost = new ArrayList<>();
        for (int connections : results.connections()) {
            for (String subject : results.subjects()) {
                if (results.has(subject, connections)) {
                    seen.add(seen(subject, connections));
                    cost.add(cost(subject, connections));
                }
            }
        }
        return String.join(
                "\n\n",
                Markdown.table(
                        List.of("connections", "subject", "writes/s", "ratio", "p50 ms", "p99 ms", "p99.9 ms"), seen),
                Markdown.table(
                        List.of(
                                "connections",
                                "subject",
                                "service µs CPU/write",
                                "ratio",
                                "emulator µs",
                                "TLS front µs",
                                "wrk µs",
                                "RSS MB",
                                "allocated KB/write"),
                        cost),
                audits());
    }

    private List<String> seen(String subject, int connections) {
        return List.of(
                Integer.toString(connections),
                subject,
                results.spread(subject, connections, Measurement::writesPerSecond)
                        .withDigits(0),
                ratio(subject, connections, Measurement::writesPerSecond),
                results.spread(subject, connections, Measurement::p50).withDigits(2),
                results.spread(subject, connections, Measurement::p99).withDigits(2),
                results.spread(subject, connections, Measurement::p999).withDigits(2));
    }

    private List<String> cost(String subject, int connections) {
        return List.of(
                Integer.toString(connections),
                subject,
                results.spread(subject, connections, Measurement::serviceCpu).withDigits(0),
                ratio(subject, connections, Measurement::serviceCpu),
                median(subject, connections, Measurement::emulatorCpu),
                median(subject, connections, Measurement::frontCpu),
                median(subject, connections, Measurement::loadCpu),
                median(subject, connections, Measurement::residentMegabytes),
                results.tellsAllocation(subject, connections)
                        ? results.spread(
                                        subject,
                                        connections,
                                        measurement -> Objects.requireNonNull(measurement.allocatedKilobytes()))
                                .withDigits(1)
                        : "–");
    }

    private String median(String subject, int connections, ToDoubleFunction<Measurement> value) {
        return String.format(
                Locale.ROOT, "%.0f", results.spread(subject, connections, value).median());
    }

    private String ratio(String subject, int connections, ToDoubleFunction<Measurement> value) {
        if (subject.equals(base)) {
            return "1.00";
        }
        return results.has(base, connections)
                ? results.ratio(subject, base, connections, value).withDigits(2)
                : "–";
    }

    private String audits() {
        List<Audit> wrong = results.audits().stream()
                .filter(audit -> audit.difference() != null)
                .toList();
        long acknowledged =
                results.audits().stream().mapToLong(Audit::acknowledged).sum();
        if (wrong.isEmpty()) {
            return String.format(
                    Locale.ROOT,
                    "Ledger: all %,d acknowledged writes of all %d rounds were stored, each once.",
                    acknowledged,
                    results.audits().size());
        }
        return "**Ledger: not every acknowledged write was stored once.** "
                + wrong.stream()
                        .map(audit -> audit.subject() + ", round " + audit.round() + ": " + audit.difference())
                        .collect(Collectors.joining("; "));
    }
}
