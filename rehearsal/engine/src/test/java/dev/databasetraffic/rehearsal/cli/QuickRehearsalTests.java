package dev.databasetraffic.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuickRehearsalTests {

    @Test
    void thePhasesOfTheShippedExperimentAreCutToTenSecondsAndItsToleranceStillFits() throws Exception {
        Experiment whole = ExperimentFile.read(Path.of("../../experiments/black-hole.yaml"));

        Experiment quick = QuickRehearsal.of(whole);

        Experiment.Phases phases = quick.phases();
        assertThat(Stream.of(phases.steady(), phases.outage(), phases.recovery())
                        .reduce(Duration.ZERO, Duration::plus))
                .isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(phases.outage()).isGreaterThan(QuickRehearsal.DRAIN);
        assertThat(phases.recovery()).isGreaterThan(quick.tolerances().recover());
        assertThat(quick.tolerances()).isEqualTo(whole.tolerances());
        assertThat(QuickRehearsal.note(whole)).contains("an outage of 4 s instead of 25 s", "leave out --quick");
    }

    @Test
    void whatIsShorterStaysAsItIs() throws Exception {
        Experiment whole = ExperimentFile.read(Path.of("../../experiments/black-hole.yaml"));
        Duration second = Duration.ofSeconds(1);
        Experiment.Phases brief = new Experiment.Phases(second, second, second, second);

        assertThat(QuickRehearsal.of(whole.with(whole.title(), whole.fault(), brief, whole.load(), whole.tolerances()))
                        .phases())
                .isEqualTo(brief);
    }

    @Test
    void aRecoveryThatMayTakeLongerHasTheTimeForIt() throws Exception {
        Experiment whole = ExperimentFile.read(Path.of("../../experiments/black-hole.yaml"));
        Experiment.Tolerances patient =
                new Experiment.Tolerances(0.99, true, null, null, null, Duration.ofSeconds(5), 0, 0, 0, 0);

        assertThat(QuickRehearsal.of(whole.with(whole.title(), whole.fault(), whole.phases(), whole.load(), patient))
                        .phases()
                        .recovery())
                .isEqualTo(Duration.ofSeconds(6));
    }
}
