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
                Experiment.Scope.plants("database.example"),
                new Experiment.Fault("outage.yaml"),
                new Experiment.Phases(second, second, second.multipliedBy(2), second.multipliedBy(5)),
                new Experiment.Load(100, 200, Duration.ofSeconds(5), Map.of("quantity", 3)),
                tolerances);
    }

    /** The same, of a service that is only asked for a page. */
    static Experiment probing(Experiment experiment, String path) {
        return new Experiment(
                experiment.title(),
                new Experiment.Scope("database.example", "shop", "shop", new Experiment.Probe(80, path)),
                experiment.fault(),
                experiment.phases(),
                experiment.load(),
                experiment.tolerances());
    }

    static Experiment.Tolerances tolerances(boolean writesFail, Duration each, int count) {
        return new Experiment.Tolerances(0.99, writesFail, each, each, each, count, count, count, count);
    }
}
