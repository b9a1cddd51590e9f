package dev.databasetraffic.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalsTests {

    @Test
    void aGoalIsMetByTheRatioOfTheMediansAlone() {
        assertThat(goals(2000)).contains("| writes/s at 64 ≥ 2.0 × Go | 2.00 | yes |");
        assertThat(goals(1990)).contains("| writes/s at 64 ≥ 2.0 × Go | 1.99 | **no** |");
    }

    @Test
    void cheaperIsBetterForCpu() {
        assertThat(goals(2000)).contains("| CPU per write at 64 ≤ 0.8 × Go | 2.00 | **no** |");
    }

    private static String goals(double writesPerSecond) {
        LoadResults results = new LoadResults(
                Instant.EPOCH,
                new Machine(2, "CPU", 8, "Linux", "25", 0),
                Map.of(),
                List.of("plants", "Go"),
                List.of(64),
                List.of(
                        measurement("plants", 1, writesPerSecond, 100),
                        measurement("plants", 2, writesPerSecond, 100),
                        measurement("plants", 3, 9000, 100),
                        measurement("Go", 1, 1000, 50)),
                List.of());
        return Goals.markdown(results, "plants", "Go", "Spring");
    }

    private static Measurement measurement(String subject, int round, double writesPerSecond, double cpu) {
        return new Measurement(subject, 64, round, 10_000, writesPerSecond, 1, 2, 3, cpu, 100, 10, 10, 0, 100, null);
    }
}
