package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadNotesTests {

    private static final Experiment.Load ASKED = new Experiment.Load(5000, 512, Duration.ofSeconds(10));

    @Test
    void aLoadThatLeftInTimeAndWholeIsNotSpokenOf() {
        assertThat(LoadNotes.of(ASKED, load(Duration.ofMillis(3), 0.6), 0)).isEmpty();
    }

    @Test
    void aLoadThatCameLateWasTheLimitWithBothShares() {
        assertThat(LoadNotes.of(ASKED, load(Duration.ofMillis(1200), 0.6), 0))
                .containsExactly(
                        "The load, not the service, was the limit: 99 of 100 writes left within 1.20 s of when they"
                                + " were due, and the rehearsal's process kept 0.98 processors busy, what else it runs here 0.40,"
                                + " the service 0.60, of 2."
                                + " Lower load.rate, or give the rehearsal a machine with less on it.");
    }

    @Test
    void aLoadThatCameLateOnAMachineThatOthersUsedWasNotTheLimitItself() {
        assertThat(LoadNotes.of(ASKED, late(0.13, 0.37, 0.2), 0))
                .singleElement()
                .asString()
                .startsWith("What else this machine had to do, not the service, was the limit: 99 of 100");
    }

    @Test
    void aLoadThatCameLateBesideADatabaseThatTookTheRestWasNotTheLimitItself() {
        assertThat(LoadNotes.of(ASKED, late(0.33, 0.7, 0.9), 0))
                .singleElement()
                .asString()
                .startsWith(
                        "This machine, which carries the rehearsal's database as well, not the service, was the limit:")
                .contains("what else it runs here 0.90");
    }

    @Test
    void writesThatWereNotSentThoughTheLoadWasInTimeWereTheServicesLimit() {
        assertThat(LoadNotes.of(ASKED, load(Duration.ofMillis(3), null), 7))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("7 writes were not sent, because load.concurrency (512)"),
                        second -> assertThat(second)
                                .startsWith("The service was the limit, not the load: 99 of 100")
                                .contains("the service an unknown share, of 2"));
    }

    private static LoadFigures late(double own, double service, double others) {
        Figures.Latency late = new Figures.Latency(100, Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(3));
        return new LoadFigures(late, own, service, others, 2);
    }

    private static LoadFigures load(Duration late, @Nullable Double service) {
        return new LoadFigures(new Figures.Latency(100, Duration.ZERO, late, late), 0.98, service, 0.4, 2);
    }
}
