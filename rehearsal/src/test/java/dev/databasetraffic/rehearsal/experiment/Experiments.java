package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.Map;

/** Experiments for tests: as short as an experiment may be. */
final class Experiments {

    private Experiments() {}

    static Experiment brief() {
        // Generous, but for the recovery, whose end must leave time to see that the steady state is back.
        Duration generous = Duration.ofSeconds(30);
        Duration recover = Duration.ofSeconds(1);
        return with(new Experiment.Tolerances(0.99, true, generous, generous, recover, 0, 0, 0, 0));
    }

    static Experiment with(Experiment.Tolerances tolerances) {
        Duration second = Duration.ofSeconds(1);
        return new Experiment(
                "Writes survive a switch",
                new Experiment.Scope("database.example", "plants"),
                new Experiment.Fault("outage.yaml"),
                new Experiment.Phases(second, second, second.multipliedBy(2), second.multipliedBy(5)),
                new Experiment.Load(100, 200, Duration.ofSeconds(5), Map.of("quantity", 3)),
                tolerances);
    }

    static Experiment.Tolerances tolerances(boolean writesFail, Duration each, int count) {
        return new Experiment.Tolerances(0.99, writesFail, each, each, each, count, count, count, count);
    }
}
