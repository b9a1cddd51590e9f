package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.Map;

/** Experiments for tests: as short as an experiment may be. */
final class Experiments {

    private Experiments() {}

    static Experiment brief() {
        return with(tolerances(true, Duration.ofMillis(600), 0));
    }

    static Experiment with(Experiment.Tolerances tolerances) {
        Duration second = Duration.ofSeconds(1);
        return new Experiment(
                "Writes survive a switch",
                new Experiment.Scope("database.example", "plants"),
                new Experiment.Fault("outage.yaml"),
                new Experiment.Phases(second, second, second, second),
                new Experiment.Load(100, 200, Duration.ofSeconds(5), Map.of("quantity", 3)),
                tolerances);
    }

    static Experiment.Tolerances tolerances(boolean writesFail, Duration each, int count) {
        return new Experiment.Tolerances(0.99, writesFail, each, each, each, count, count, count, count);
    }
}
