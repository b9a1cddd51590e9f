package dev.databasetraffic.rehearsal.experiment;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Runs of the engine against {@link FakePlace}, for the tests of what is made of a run. */
public final class SampleRuns {

    /** A run and its ledger. */
    public record Sample(Run run, Stream<Write> writes) {}

    private SampleRuns() {}

    /** A run whose hypothesis holds. */
    public static Sample held() {
        return run(Experiments.brief(), FakePlace.UNAVAILABLE);
    }

    /** A run whose outage nobody felt, and whose title tries to break out of its page. */
    public static Sample broken() {
        Experiment brief = Experiments.brief();
        Experiment hostile = new Experiment(
                "</title><script>alert('x')</script> & \"quoted\" \u0007",
                brief.scope(),
                brief.fault(),
                brief.phases(),
                brief.load(),
                brief.tolerances());
        return run(hostile, FakePlace.HEALTHY);
    }

    /** A run that was not begun, because its service is down. */
    public static Sample failed() {
        Experiment brief = Experiments.brief();
        try (FakePlace place = new FakePlace()) {
            place.healthy =
                    (fake, exchange, name) -> (name.startsWith("warm-up") ? FakePlace.HEALTHY : FakePlace.UNAVAILABLE)
                            .answer(fake, exchange, name);
            return run(brief, place);
        }
    }

    private static Sample run(Experiment experiment, FakePlace.Manner duringOutage) {
        try (FakePlace place = new FakePlace()) {
            place.duringOutage = duringOutage;
            return run(experiment, place);
        }
    }

    private static Sample run(Experiment experiment, FakePlace place) {
        Rehearsal rehearsal = new Rehearsal(experiment, Path.of("outage.yaml"), place, Progress.SILENT);
        return new Sample(rehearsal.run(), rehearsal.writes());
    }
}
