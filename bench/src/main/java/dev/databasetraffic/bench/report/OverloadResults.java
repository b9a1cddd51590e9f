package dev.databasetraffic.bench.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that the bench of overload measured.
 *
 * @param unmeasured starts that failed, each with the reason
 */
public record OverloadResults(
        Instant startedAt,
        Machine machine,
        Map<String, String> settings,
        List<OverloadedRate> rows,
        List<HeldConnections> holds,
        List<String> unmeasured) {

    /** The goals of ours, and a row for each rate and subject. */
    public String markdown(String plants) {
        Map<List<Object>, List<OverloadedRate>> groups = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> List.of(row.scenario(), row.subject(), row.stage()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<List<String>> table = new ArrayList<>();
        groups.values()
                .forEach(of -> table.add(List.of(
                        of.get(0).scenario(),
                        of.get(0).subject(),
                        of.get(0).loadText(),
                        Spread.text(of, row -> row.load() * row.capacity(), 0),
                        Spread.text(of, OverloadedRate::goodput, 2),
                        Spread.text(of, row -> 100 * row.refused(), 1),
                        Spread.text(of, row -> 100 * row.failed(), 1),
                        Spread.text(of, row -> 100 * row.notSent(), 1),
                        Spread.text(of, OverloadedRate::p50, 1),
                        Spread.text(of, OverloadedRate::p99, 1),
                        Spread.text(of, OverloadedRate::refusedP99, 1),
                        Spread.text(of, OverloadedRate::longest, 0),
                        Spread.text(of, OverloadedRate::sentLateP99, 1),
                        Spread.text(of, OverloadedRate::refusalCost, 2),
                        Spread.text(of, OverloadedRate::normalAfter, 2),
                        Spread.text(of, OverloadedRate::health, 0),
                        Spread.text(of, OverloadedRate::threads, 0),
                        Spread.text(of, OverloadedRate::residentMegabytes, 0),
                        Long.toString(
                                of.stream().mapToLong(OverloadedRate::wrong).sum()))));
        return String.join(
                "\n\n",
                Markdown.measured(startedAt, machine, settings) + unmeasuredText(),
                OverloadGoals.markdown(rows, plants),
                Markdown.table(
                        List.of(
                                "asked",
                                "subject",
                                "load",
                                "offered/s",
                                "acknowledged",
                                "refused %",
                                "failed %",
                                "not sent %",
                                "p50 ms",
                                "p99 ms",
                                "p99 of refusals ms",
                                "longest ms",
                                "sent late p99 ms",
                                "cost of a refusal",
                                "normal after s",
                                "health ms",
                                "threads",
                                "RSS MB",
                                "wrong"),
                        table),
                Markdown.table(
                        List.of(
                                "subject",
                                "connections opened",
                                "told too many",
                                "within p99 ms",
                                "longest ms",
                                "cost of one",
                                "acknowledged of the others",
                                "p99 ms of these",
                                "p99 ms before",
                                "health ms"),
                        holdTable()));
    }

    private String unmeasuredText() {
        return unmeasured.isEmpty() ? "" : " Not measured: " + String.join("; ", unmeasured) + ".";
    }

    private List<List<String>> holdTable() {
        return holds.stream()
                .collect(Collectors.groupingBy(HeldConnections::subject, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(of -> List.of(
                        of.get(0).subject(),
                        Spread.text(of, HeldConnections::opened, 0),
                        Spread.text(of, HeldConnections::told, 0),
                        Spread.text(of, HeldConnections::toldP99, 1),
                        Spread.text(of, HeldConnections::longest, 0),
                        Spread.text(of, HeldConnections::cost, 2),
                        Spread.text(of, HeldConnections::acknowledged, 2),
                        Spread.text(of, HeldConnections::p99, 1),
                        Spread.text(of, HeldConnections::p99Before, 1),
                        Spread.text(of, HeldConnections::health, 0)))
                .toList();
    }
}
