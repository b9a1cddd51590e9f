package dev.databasetraffic.bench.report;

import dev.databasetraffic.bench.generating.LongRehearsal.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Everything that the bench of the whole rehearsal measured. */
public record RehearsalResults(Instant startedAt, Machine machine, Map<String, String> settings, List<Told> runs) {

    public String markdown() {
        String notes = runs.stream()
                .flatMap(run -> run.notes().stream())
                .distinct()
                .map(note -> "- " + note)
                .collect(Collectors.joining("\n"));
        return String.join(
                "\n\n",
                Markdown.measured(startedAt, machine, settings),
                goals(),
                figures(),
                notes.isEmpty()
                        ? "The rehearsal itself has nothing to say of its load."
                        : "What the rehearsal itself says of its load:\n\n" + notes);
    }

    private String goals() {
        List<List<String>> rows = new ArrayList<>();
        judge(Goal.atMost(1, "not sent ≤ 1 %", 2), RehearsalResults::notSent, rows);
        judge(
                Goal.atMost(1, "the rehearsal's processor time < 1 × the service's", 2),
                run -> run.ownCores() / run.serviceCores(),
                rows);
        judge(Goal.atMost(400, "RSS of the rehearsal's process < 400 MB", 0), Told::residentMegabytes, rows);
        judge(Goal.atMost(3, "verdict ≤ 3 s after the load", 1), Told::verdictSeconds, rows);
        judge(Goal.atMost(3, "journal ≤ 3 s after the load", 1), Told::journalSeconds, rows);
        judge(Goal.atMost(3, "page ≤ 3 s after the load", 1), Told::pageSeconds, rows);
        return Markdown.table(List.of("goal", "measured", "met"), rows);
    }

    private void judge(Goal goal, ToDoubleFunction<Told> value, List<List<String>> rows) {
        goal.judge(runs.stream().mapToDouble(value), rows);
    }

    private String figures() {
        return Markdown.table(
                List.of("of the load", "measured"),
                List.of(
                        row("writes due", 0, Told::due),
                        row("acknowledged %", 1, run -> 100.0 * run.acknowledged() / run.due()),
                        row("99 of 100 left after ms", 2, Told::lateP99Millis),
                        row("p50 ms of the steady state", 2, Told::p50Millis),
                        row("p99 ms of the steady state", 2, Told::p99Millis),
                        row("processors of the rehearsal's process", 2, Told::ownCores),
                        row("processors of the service", 2, Told::serviceCores),
                        row("writes stored", 0, Told::stored),
                        row("s to read them back and judge", 1, Told::readBackSeconds)));
    }

    private List<String> row(String figure, int digits, ToDoubleFunction<Told> value) {
        return List.of(figure, Spread.text(runs, value, digits));
    }

    private static double notSent(Told run) {
        return 100.0 * run.notSent() / run.due();
    }
}
