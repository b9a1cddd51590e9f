package dev.databasetraffic.bench.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How long the verdicts of rehearsals were waited for. */
public record VerdictResults(Instant startedAt, Machine machine, Map<String, String> settings, List<Waited> rounds) {

    /**
     * In one clone, from the command to its end.
     *
     * @param cleanSeconds where nothing was built
     * @param builtSeconds once more
     * @param quickSeconds with {@code --quick}
     */
    public record Waited(double cleanSeconds, double builtSeconds, double quickSeconds) {}

    public String markdown() {
        List<List<String>> goals = new ArrayList<>();
        judge(75, "`./rehearse` on a clean clone ≤ 75 s", Waited::cleanSeconds, goals);
        judge(55, "`./rehearse`, built ≤ 55 s", Waited::builtSeconds, goals);
        judge(25, "`./rehearse --quick` ≤ 25 s", Waited::quickSeconds, goals);
        return String.join(
                "\n\n",
                Markdown.measured(startedAt, machine, settings),
                Markdown.table(List.of("goal", "measured", "met"), goals));
    }

    private void judge(double bound, String text, ToDoubleFunction<Waited> seconds, List<List<String>> goals) {
        Goal.atMost(bound, text, 1).judge(rounds.stream().mapToDouble(seconds), goals);
    }
}
