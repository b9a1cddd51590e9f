package dev.databasetraffic.rehearsal.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.rehearsal.experiment.Answer;
import dev.databasetraffic.rehearsal.experiment.Figures;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.experiment.SampleRuns;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTests {

    private static final Answer WRITTEN = new Answer(Outcome.ACKNOWLEDGED, 201, "", true);
    private static final Answer UNKNOWN =
            new Answer(Outcome.AMBIGUOUS, 504, "urn:problem:plants:outcome-unknown", true);
    private static final Answer AWAY =
            new Answer(Outcome.NOT_WRITTEN, 503, "urn:problem:plants:database-unavailable", true);
    private static final Answer REFUSED =
            new Answer(Outcome.NOT_WRITTEN, 503, "urn:problem:plants:database-refused", true);
    private static final Figures.Latency LATENCY =
            new Figures.Latency(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));

    @Test
    void aWriteThatWasUnderWayWhenTheFaultBeganBelongsToTheRow() {
        Row row = rowOf(
                new Figures.AnswerFigures(Phase.STEADY, WRITTEN, LATENCY),
                new Figures.AnswerFigures(Phase.STEADY, UNKNOWN, LATENCY),
                new Figures.AnswerFigures(Phase.OUTAGE, AWAY, LATENCY));

        assertThat(row.answers()).extracting(Figures.AnswerFigures::answer).containsExactly(UNKNOWN, AWAY);
    }

    @Test
    void anAnswerThatPromisesNothingIsADefect() {
        Answer conflict = new Answer(Outcome.REFUSED, 409, "urn:problem:plants:conflict", true);

        assertThat(rowOf(
                                new Figures.AnswerFigures(Phase.OUTAGE, AWAY, LATENCY),
                                new Figures.AnswerFigures(Phase.OUTAGE, UNKNOWN, LATENCY),
                                new Figures.AnswerFigures(Phase.OUTAGE, REFUSED, LATENCY))
                        .isGood())
                .isTrue();
        assertThat(rowOf(new Figures.AnswerFigures(Phase.RECOVERY, conflict, LATENCY))
                        .defects())
                .containsExactly("callers got: 409 urn:problem:plants:conflict");
    }

    /** A run that was good but for the answers. */
    private static Row rowOf(Figures.AnswerFigures... answers) {
        Run run = SampleRuns.held().run();
        Figures figures = run.figures();
        Run changed = new Run(
                run.id(),
                run.experiment(),
                run.place(),
                run.status(),
                run.problem(),
                run.start(),
                run.duration(),
                run.environment(),
                run.notes(),
                run.events(),
                run.spans(),
                run.markers(),
                new Figures(
                        figures.phases(),
                        figures.failures(),
                        figures.detectFromApplied(),
                        figures.detectFromCutOff(),
                        figures.recover(),
                        figures.lateFailures(),
                        List.of(answers)),
                run.account(),
                run.timeline(),
                run.load(),
                run.checks());
        return Row.of("guarded", new NamedTrouble("fault"), Connections.CUT, Duration.ofSeconds(1), changed);
    }
}
