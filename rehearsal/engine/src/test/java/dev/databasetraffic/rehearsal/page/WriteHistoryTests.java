package dev.databasetraffic.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.rehearsal.experiment.Answer;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Write;
import dev.databasetraffic.rehearsal.page.WriteHistory.Slice;
import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class WriteHistoryTests {

    private final WriteHistory history = new WriteHistory();

    @Test
    void aSecondIsToldWhenItIsOverWithItsCountsAndLatencies() {
        for (int millis = 1; millis <= 100; millis++) {
            add(Outcome.ACKNOWLEDGED, millis, 10_500);
        }
        add(Outcome.NOT_WRITTEN, 400, 10_900);
        add(Outcome.AMBIGUOUS, 2_000, 10_999);
        assertThat(history.since(0, 10_999)).isEmpty();

        List<Slice> slices = history.since(0, 11_000);

        assertThat(slices).singleElement().satisfies(slice -> {
            assertThat(slice.at()).isEqualTo(10);
            assertThat(slice.counts()).containsExactly(100, 1, 1, 0, 0);
            assertThat(slice.p50()).isCloseTo(50, Percentage.withPercentage(2));
            assertThat(slice.p99()).isCloseTo(99, Percentage.withPercentage(2));
            assertThat(slice.failed()).isCloseTo(2_000, Percentage.withPercentage(2));
        });
        assertThat(history.since(11, 12_000)).isEmpty();
    }

    @Test
    void latenciesThatThereWereNotAreNull() {
        add(Outcome.NOT_SENT, 0, 10_000);

        assertThat(history.since(0, 20_000)).singleElement().satisfies(slice -> {
            assertThat(slice.p50()).isNull();
            assertThat(slice.failed()).isNull();
        });
    }

    @Test
    void whatIsOlderThanThePageShowsIsForgotten() {
        for (int second = 0; second < 3 * WriteHistory.SECONDS; second++) {
            add(Outcome.ACKNOWLEDGED, 1, second * 1000L);
        }

        assertThat(history.since(0, 3000L * WriteHistory.SECONDS)).hasSizeLessThanOrEqualTo(WriteHistory.SECONDS);
    }

    private void add(Outcome outcome, long millis, long now) {
        history.add(
                new Write(
                        0,
                        Duration.ZERO,
                        Duration.ofMillis(millis),
                        new Answer(outcome, 0, "", true),
                        Write.Settlement.NONE),
                now);
    }
}
