package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Experiments for tests: as short as an experiment may be. */
final class Experiments {

    /** What no report may show. */
    static final String SECRET = "s3cret-of-a-test";

    private Experiments() {}

    static Experiment brief() {
        // Generous, but for the recovery, whose end must leave time to see that the steady state is back.
        Duration generous = Duration.ofSeconds(30);
        Duration recover = Duration.ofSeconds(1);
        return with(new Experiment.Tolerances(0.99, true, generous, generous, null, recover, 0, 0, 0, 0));
    }

    static Experiment with(Experiment.Tolerances tolerances) {
        Duration second = Duration.ofSeconds(1);
        return new Experiment(
                "Writes survive a switch",
                new ServiceUnderTest(
                        "shop",
                        new ServiceUnderTest.Start(
                                List.of("shop", "--password=" + SECRET),
                                Map.of("PASSWORD", SECRET),
                                null,
                                null,
                                "/ready",
                                null),
                        null,
                        null,
                        null),
                List.of(planting()),
                new DatabaseUnderTest("database.example", 443, true, null, null, null, null, null, null, null, null),
                null,
                null,
                Experiment.Fault.applied("outage.yaml"),
                new Experiment.Phases(second, second, second.multipliedBy(2), second.multipliedBy(5)),
                new Experiment.Load(100, 200, Duration.ofSeconds(5)),
                tolerances);
    }

    /** What {@link FakePlace} is asked. */
    static Operation planting() {
        return operation(true, Map.of("quantity", 3));
    }

    /** A write that must not be repeated. */
    static Operation plantingOnce() {
        return operation(null, Map.of("name", "${key}"));
    }

    /** The key is in a header alone, as many services have it. */
    private static Operation operation(@Nullable Boolean repeatable, Map<String, Object> body) {
        return new Operation(
                "plant",
                null,
                new Operation.Request(
                        "POST", "/plants", Map.of("Idempotency-Key", "${key}", "Authorization", SECRET), body),
                List.of(new AnswerPattern(List.of(200, 201), null)),
                List.of(new AnswerPattern(List.of(503), Map.of("outcome", "not-written"))),
                List.of(new AnswerPattern(List.of("4xx"), null)),
                List.of(new AnswerPattern(List.of(504), Map.of("outcome", "unknown"))),
                "/type",
                repeatable,
                null);
    }

    /** A page that is only asked for. */
    static Operation reading(String path) {
        return new Operation(
                null,
                null,
                new Operation.Request("GET", path, null, null),
                List.of(new AnswerPattern(List.of("2xx"), null)),
                null,
                null,
                null,
                null,
                null,
                true);
    }

    static Experiment.Tolerances tolerances(boolean writesFail, Duration each, int count) {
        return new Experiment.Tolerances(0.99, writesFail, each, each, null, each, count, count, count, count);
    }
}
