package dev.databasetraffic.bench.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that the bench of starts measured. */
public record StartResults(Instant startedAt, Machine machine, Map<String, String> settings, List<Start> starts) {

    /** A row for each subject, runtime and form. */
    public String markdown() {
        Map<List<String>, List<Start>> groups = starts.stream()
                .collect(Collectors.groupingBy(
                        start -> List.of(start.subject(), start.runtime(), start.form()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<List<String>> rows = new ArrayList<>();
        groups.forEach((key, group) -> {
            List<String> row = new ArrayList<>(key);
            row.add(Spread.text(group, Start::seconds, 2));
            row.add(Spread.text(group, Start::cpuSeconds, 2));
            row.add(Spread.text(group, Start::residentMegabytes, 0));
            row.add(size(group.get(0).megabytes()));
            row.add(size(group.get(0).cacheMegabytes()));
            rows.add(row);
        });
        return String.join(
                "\n\n",
                Markdown.measured(startedAt, machine, settings),
                Markdown.table(
                        List.of(
                                "subject",
                                "runtime",
                                "form",
                                "first acknowledged write s",
                                "CPU s until then",
                                "RSS MB then",
                                "jar or binary MB",
                                "cache MB"),
                        rows));
    }

    private static String size(double megabytes) {
        return megabytes == 0 ? "–" : String.format(Locale.ROOT, "%.1f", megabytes);
    }
}
