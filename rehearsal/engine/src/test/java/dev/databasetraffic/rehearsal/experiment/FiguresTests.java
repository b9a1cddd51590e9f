package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTests {

    private static final Answer STORED = new Answer(Outcome.ACKNOWLEDGED, 201, "", true);
    private static final Answer REFUSED = new Answer(Outcome.NOT_WRITTEN, 503, "away", true);
    private static final Phase.Span STEADY = new Phase.Span(Phase.STEADY, Duration.ZERO, Duration.ofSeconds(1));

    private final Ledger ledger = new Ledger();

    @Test
    void aFailureInTheSteadyStateCountsAgainstIt() {
        ledger.end(ledger.begin(0), millis(10), STORED);
        ledger.end(ledger.begin(millis(500)), millis(900), REFUSED);

        assertThat(Figures.phase(STEADY, ledger).sent()).isEqualTo(2);
        assertThat(Figures.phase(STEADY, ledger).count(Outcome.NOT_WRITTEN)).isEqualTo(1);
    }

    @Test
    void aWriteThatTheOutageCaughtUnderWayDoesNotCountAgainstTheSteadyState() {
        ledger.end(ledger.begin(0), millis(10), STORED);
        ledger.end(ledger.begin(millis(990)), millis(1_200), REFUSED);
        ledger.end(ledger.begin(millis(995)), millis(1_200), STORED);

        assertThat(Figures.phase(STEADY, ledger).sent()).isEqualTo(2);
        assertThat(Figures.phase(STEADY, ledger).count(Outcome.ACKNOWLEDGED)).isEqualTo(2);
    }

    @Test
    void aWriteThatOughtToHaveBeenAnsweredBeforeTheOutageCountsAgainstTheSteadyState() {
        Phase.Span steady = new Phase.Span(Phase.STEADY, Duration.ZERO, Duration.ofSeconds(10));
        ledger.end(ledger.begin(0), millis(2_000), STORED);
        ledger.end(ledger.begin(millis(100)), millis(10_100), REFUSED);
        ledger.end(ledger.begin(millis(7_900)), millis(12_900), REFUSED);
        ledger.end(ledger.begin(millis(8_000)), millis(13_000), REFUSED);

        assertThat(Figures.phase(steady, ledger).sent()).isEqualTo(3);
        assertThat(Figures.phase(steady, ledger).count(Outcome.NOT_WRITTEN)).isEqualTo(2);
    }

    @Test
    void ofAShortSteadyStateTheFirstHalfOughtToHaveBeenAnsweredUnlessAnswersTakeAsLong() {
        ledger.end(ledger.begin(0), millis(10), STORED);

        assertThat(Figures.dueBy(STEADY, ledger)).isEqualTo(Duration.ofMillis(500));

        ledger.end(ledger.begin(0), millis(900), STORED);

        assertThat(Figures.dueBy(STEADY, ledger)).isEqualTo(Duration.ofMillis(100));
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
