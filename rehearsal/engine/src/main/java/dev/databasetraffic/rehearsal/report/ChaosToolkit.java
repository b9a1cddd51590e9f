package dev.databasetraffic.rehearsal.report;

import dev.databasetraffic.rehearsal.experiment.Check;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run in the terms of the Chaos Toolkit: hypothesis, method, rollbacks. Its readers find what they know; the rest is
 * in the member {@code rehearsal}.
 *
 * @see <a href="https://chaostoolkit.org/reference/api/experiment/">Chaos Toolkit: Experiment</a>
 */
final class ChaosToolkit {

    private static final String GATE = "steady-state";

    private final Run run;

    private ChaosToolkit(Run run) {
        this.run = run;
    }

    static Map<String, Object> journal(Run run) {
        return new ChaosToolkit(run).journal();
    }

    private Map<String, Object> journal() {
        Map<String, Object> journal = new LinkedHashMap<>();
        journal.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        journal.put("experiment", experiment());
        journal.put("start", run.start());
        journal.put("status", status());
        journal.put("deviated", run.status() == Run.Status.COMPLETED && !run.held());
        journal.put("steady_states", ordered("before", hypothesis(true), "after", hypothesis(false)));
        journal.put("run", activities(apply(), run.markers().applied()));
        journal.put("rollbacks", activities(remove(), run.markers().restored()));
        journal.put("end", run.end());
        journal.put("duration", seconds(run.duration()));
        return journal;
    }

    /** The words that chaoslib itself uses: a deviation fails, what else goes wrong aborts. */
    private String status() {
        return switch (run.status()) {
            case COMPLETED -> run.held() ? "completed" : "failed";
            case FAILED -> run.broken().isEmpty() ? "aborted" : "failed";
            case INTERRUPTED -> "interrupted";
        };
    }

    private Map<String, Object> experiment() {
        Experiment experiment = run.experiment();
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("version", "1.0.0");
        spec.put("title", experiment.title());
        spec.put(
                "description",
                "What " + experiment.service().name() + " and its callers go through while "
                        + experiment.database().host() + " is out of reach.");
        spec.put("tags", List.of(run.place()));
        spec.put(
                "steady-state-hypothesis",
                ordered(
                        "title",
                        experiment.title(),
                        "probes",
                        run.checks().stream().map(this::probe).toList()));
        spec.put("method", List.of(apply()));
        spec.put("rollbacks", List.of(remove()));
        return spec;
    }

    private Map<String, Object> hypothesis(boolean before) {
        List<Check> checks = run.checks().stream()
                .filter(check -> check.id().equals(GATE) == before)
                .filter(check -> check.result() != Check.Result.NOT_JUDGED)
                .toList();
        boolean met = checks.stream().allMatch(check -> check.result() == Check.Result.HELD);
        return ordered(
                "steady_state_met",
                met && !checks.isEmpty(),
                "probes",
                checks.stream().map(this::result).toList());
    }

    private Map<String, Object> probe(Check check) {
        return ordered("type", "probe", "name", check.id(), "tolerance", check.tolerance(), "provider", process("run"));
    }

    private Map<String, Object> result(Check check) {
        boolean held = check.result() == Check.Result.HELD;
        boolean gate = check.id().equals(GATE);
        Duration from = end(gate ? null : Phase.STEADY);
        Duration to = gate ? end(Phase.STEADY) : run.duration();
        Map<String, Object> result = activity(probe(check), from, to);
        result.put("tolerance_met", held);
        result.put("output", check.observed());
        return result;
    }

    private Duration end(@Nullable Phase phase) {
        return run.spans().stream()
                .filter(span -> span.phase() == phase)
                .map(Phase.Span::end)
                .findFirst()
                .orElse(Duration.ZERO);
    }

    private static Map<String, Object> process(String... arguments) {
        return ordered("type", "process", "path", "./rehearse", "arguments", List.of(arguments));
    }

    private Map<String, Object> apply() {
        return ordered(
                "type",
                "action",
                "name",
                "apply-the-outage",
                "provider",
                process("outage", "start", run.experiment().fault().title()));
    }

    private Map<String, Object> remove() {
        return ordered("type", "action", "name", "remove-the-outage", "provider", process("outage", "stop"));
    }

    /** An action that took effect at a moment; none if it never did. */
    private List<Map<String, Object>> activities(Map<String, Object> action, @Nullable Duration at) {
        return at == null ? List.of() : List.of(activity(action, at, at));
    }

    private Map<String, Object> activity(Map<String, Object> activity, Duration from, Duration to) {
        Instant start = run.start().plus(from);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("activity", activity);
        result.put("status", "succeeded");
        result.put("start", start);
        result.put("end", run.start().plus(to));
        result.put("duration", seconds(to.minus(from)));
        result.put("output", "");
        return result;
    }

    /** Names and values by turns, in the order in which they are to be written. */
    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int n = 0; n < namesAndValues.length; n += 2) {
            members.put((String) namesAndValues[n], namesAndValues[n + 1]);
        }
        return members;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
