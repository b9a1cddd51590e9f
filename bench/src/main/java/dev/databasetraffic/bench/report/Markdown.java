package dev.databasetraffic.bench.report;

import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The little of it that tables need. */
final class Markdown {

    private Markdown() {}

    static String table(List<String> head, List<List<String>> rows) {
        return row(head) + "\n" + row(Collections.nCopies(head.size(), "---")) + "\n"
                + rows.stream().map(Markdown::row).collect(Collectors.joining("\n"));
    }

    /** The sentence that says when and where. */
    static String measured(Instant startedAt, Machine machine) {
        return String.format(Locale.ROOT, "Measured %tF on %s.", Date.from(startedAt), machine.described());
    }

    /** When, where and with which settings. */
    static String measured(Instant startedAt, Machine machine, Map<String, String> settings) {
        return measured(startedAt, machine) + " Settings: " + settings(settings) + ".";
    }

    /** The paragraph that says so, and what else the machine did. */
    static String provenance(Instant startedAt, Machine machine, Map<String, String> settings, double others) {
        return measured(startedAt, machine, settings)
                + String.format(
                        Locale.ROOT,
                        " Processes that are no part of the bench took at most %.0f %% of the machine while it measured.",
                        100 * others);
    }

    static String settings(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
