package dev.databasetraffic.bench.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that the bench of restarts measured. */
public record RestartResults(
        Instant startedAt, Machine machine, Map<String, String> settings, List<Restarted> restarts) {

    /** The goal, and a row for each form. */
    public String markdown() {
        List<List<String>> goals = new ArrayList<>();
        List<List<String>> table = new ArrayList<>();
        restarts.stream()
                .collect(Collectors.groupingBy(
                        restart -> restart.subject() + ", " + restart.form(), LinkedHashMap::new, Collectors.toList()))
                .forEach((form, of) -> {
                    long lost =
                            of.stream().mapToLong(Restarted::notAcknowledged).sum();
                    goals.add(List.of(form, "a restart loses no request", lost + " lost", Goal.met(lost == 0)));
                    table.add(List.of(
                            form,
                            Spread.text(of, Restarted::requests, 0),
                            Spread.text(of, Restarted::refused, 0),
                            Spread.text(of, Restarted::failed, 0),
                            Spread.text(of, Restarted::ready, 1),
                            Spread.text(of, Restarted::p99Before, 1),
                            Spread.text(of, Restarted::p99Start, 1),
                            Spread.text(of, Restarted::p99After, 1),
                            Long.toString(
                                    of.stream().mapToLong(Restarted::wrong).sum())));
                });
        return String.join(
                "\n\n",
                Markdown.measured(startedAt, machine, settings),
                Markdown.table(List.of("form", "goal", "measured", "met"), goals),
                Markdown.table(
                        List.of(
                                "form",
                                "requests",
                                "refused",
                                "failed",
                                "new one ready s",
                                "p99 ms before",
                                "p99 ms while it starts",
                                "p99 ms after",
                                "wrong"),
                        table));
    }
}
