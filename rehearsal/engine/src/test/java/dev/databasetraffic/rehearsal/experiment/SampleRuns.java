package dev.databasetraffic.rehearsal.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs of the engine against {@link FakePlace}, for the tests of what is made of a run; each takes place once. */
public final class SampleRuns {

    /** A run and its ledger. */
    public record Sample(Run run, List<Write> ledger) {

        public Stream<Write> writes() {
            return ledger.stream();
        }
    }

    private SampleRuns() {}

    /** What the samples' experiment has where secrets are. */
    public static final String SECRET = Experiments.SECRET;

    /** A run whose hypothesis holds. */
    public static Sample held() {
        return Held.SAMPLE;
    }

    /** A run whose outage nobody felt, and whose title tries to break out of its page. */
    public static Sample broken() {
        return Broken.SAMPLE;
    }

    /** A run that was not begun, because its service is down. */
    public static Sample failed() {
        return Failed.SAMPLE;
    }

    private static Sample runBroken() {
        Experiment brief = Experiments.brief();
        Experiment hostile = brief.with(
                "</title><script>alert('x')</script> & \"quoted\" \u0007",
                brief.fault(),
                brief.phases(),
                brief.load(),
                brief.tolerances());
        return run(hostile, FakePlace.HEALTHY);
    }

    private static Sample runFailed() {
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
        return new Sample(rehearsal.run(), rehearsal.writes().toList());
    }

    // A class is initialised when it is first used, and only then.

    private static final class Held {
        static final Sample SAMPLE = run(Experiments.brief(), FakePlace.UNAVAILABLE);
    }

    private static final class Broken {
        static final Sample SAMPLE = runBroken();
    }

    private static final class Failed {
        static final Sample SAMPLE = runFailed();
    }
}
