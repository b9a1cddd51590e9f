package dev.databasetraffic.plants.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadProgressTests {

    private static final Duration LITTLE = Duration.ofMillis(399);
    private static final Duration MUCH = Duration.ofMillis(400);

    private final LoadProgress progress = new LoadProgress();

    @Test
    void isOverWhenFourBurstsInARowAreNoFasterThanTheBest() {
        progress.burst(20_000, LITTLE);
        bursts(3, 21_000, LITTLE);
        assertThat(progress.isOver()).isFalse();

        progress.burst(20_000, LITTLE);
        assertThat(progress.isOver()).isTrue();
        assertThat(progress.best()).isEqualTo(21_000);
        assertThat(progress.answered()).isEqualTo(103_000);
    }

    @Test
    void aFasterBurstBeginsTheCountAnew() {
        bursts(4, 20_000, LITTLE);
        progress.burst(21_001, LITTLE);
        bursts(3, 21_001, LITTLE);
        assertThat(progress.isOver()).isFalse();

        progress.burst(21_001, LITTLE);
        assertThat(progress.isOver()).isTrue();
    }

    @Test
    void whatIsSlowWhileCompilersWorkDoesNotCount() {
        bursts(30, 20_000, MUCH);
        assertThat(progress.isOver()).isFalse();

        bursts(4, 20_000, LITTLE);
        assertThat(progress.isOver()).isTrue();
    }

    @Test
    void fifteenThousandAnswersAreTheLeast() {
        bursts(15, 1_000, LITTLE);
        assertThat(progress.isOver()).isFalse();

        bursts(4, 1_000, LITTLE);
        assertThat(progress.isOver()).isTrue();
    }

    private void bursts(int number, long answers, Duration compiled) {
        for (int i = 0; i < number; i++) {
            progress.burst(answers, compiled);
        }
    }
}
