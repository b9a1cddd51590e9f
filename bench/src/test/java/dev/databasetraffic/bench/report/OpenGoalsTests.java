package dev.databasetraffic.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.bench.report.OpenResults.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenGoalsTests {

    @Test
    void aGoalIsMetByTheMedianOfTheRoundsAndComparedWithPlainGoInTheSame() {
        List<Row> rows = List.of(
                row("ours", 1, 1000, 1.0, 1000, 15, Double.NaN),
                row("Go", 1, 1000, 1.0, 1000, 10, Double.NaN),
                row("ours", 2, 1000, 0.5, 500, 300, 70),
                row("Go", 2, 1000, 1.0, 1000, 200, Double.NaN),
                row("ours", 1, 12000, 0.5, 6000, 100, 40),
                row("ours", 2, 12000, 0.01, 100, 100, 60));

        assertThat(OpenGoals.markdown(rows, "ours", "Go").lines().skip(2))
                .containsExactly(
                        "| jar | acknowledged at 1,000/s ≥ 99.5 % | 75.0 (62.5–87.5) | **no** |",
                        "| jar | p99 at 1,000/s ≤ 1.5 × plain Go's | 1.50 (1.50–1.50) | yes |",
                        "| jar | acknowledged/s at 12,000/s ≥ 0.9 of the best of its start | 0.60 (0.40–0.80) | **no** |",
                        "| jar | longest answer at 12,000/s ≤ 2,250 ms | 100.0 (100.0–100.0) | yes |",
                        "| jar | p99 of refusals at 12,000/s ≤ 50 ms | 50.0 (45.0–55.0) | yes |");
    }

    private static Row row(
            String subject, int round, int rate, double acknowledged, double goodput, double p99, double refusedP99) {
        return new Row(subject, "jar", round, 1, rate, acknowledged, 0, 0, goodput, 1, p99, refusedP99, p99, 1, 1, 0);
    }
}
