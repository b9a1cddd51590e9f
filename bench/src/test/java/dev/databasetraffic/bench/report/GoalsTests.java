package dev.databasetraffic.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalsTests {

    @Test
    void aGoalIsMetByTheMedianOfTheRatios() {
        assertThat(goals(2000)).contains("| writes/s at 64 ≥ 2.0 × Go | 2.00 (2.00–2.00) | yes |");
        assertThat(goals(1990)).contains("| writes/s at 64 ≥ 2.0 × Go | 1.99 (1.99–1.99) | **no** |");
    }

    @Test
    void onlyWhatWasMeasuredInTheSameSliceIsCompared() {
        // The machine was four times as fast in the last slice: no median of all would tell the ratio.
        LoadResults results = results(
                measurement("plants", 1, 2000), measurement("Go", 1, 1000),
                measurement("plants", 2, 2000), measurement("Go", 2, 1000),
                measurement("plants", 3, 8000), measurement("Go", 3, 4000),
                measurement("Go", 4, 9000), measurement("Go", 5, 9000));
        assertThat(Goals.throughput(results, "plants", "Go", "Spring"))
                .contains("| writes/s at 64 ≥ 2.0 × Go | 2.00 (2.00–2.00) | yes |");
    }

    @Test
    void cheaperIsBetterForCpu() {
        assertThat(goals(2000)).contains("| CPU per write at 64 ≤ 0.8 × Go | 1.00 (1.00–1.00) | **no** |");
    }

    @Test
    void theTailIsHeldToGosAtEachLoad() {
        assertThat(Goals.tail(results(measurement("plants", 1, 2000), measurement("Go", 1, 1000)), "plants", "Go"))
                .contains("| p99 at 64 ≤ 1.0 × Go | 1.00 (1.00–1.00) | yes |");
    }

    private static String goals(double writesPerSecond) {
        return Goals.throughput(
                results(
                        measurement("plants", 1, writesPerSecond),
                        measurement("plants", 2, writesPerSecond),
                        measurement("plants", 3, 9000),
                        measurement("plants", 4, writesPerSecond),
                        measurement("plants", 5, writesPerSecond),
                        measurement("Go", 1, 1000),
                        measurement("Go", 2, 1000),
                        measurement("Go", 3, 1000),
                        measurement("Go", 4, 1000),
                        measurement("Go", 5, 1000)),
                "plants",
                "Go",
                "Spring");
    }

    private static LoadResults results(Measurement... measurements) {
        return new LoadResults(
                Instant.EPOCH,
                new Machine(2, "CPU", 8, "Linux", "25", 0),
                Map.of(),
                List.of("plants", "Go"),
                List.of(64),
                List.of(measurements),
                List.of());
    }

    private static Measurement measurement(String subject, int slice, double writesPerSecond) {
        return new Measurement(subject, 64, 1, slice, 10_000, writesPerSecond, 1, 2, 3, 50, 100, 10, 10, 0, 100, null);
    }
}
