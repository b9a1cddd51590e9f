package dev.databasetraffic.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OverloadGoalsTests {

    @Test
    void whatIsAcknowledgedIsHeldAgainstTheBestInTheTimeThatTheDatabaseIsThere() {
        assertThat(OverloadGoals.markdown(List.of(row("near", 1, 0, 2, 0.6, 0), row("away", 0.6, 0, 2, 0.6, 0)), "ours")
                        .lines()
                        .filter(line -> line.contains("acknowledged")))
                .containsExactly(
                        "| near | acknowledged at 2.0 × the limit ≥ 0.9 of the best | 0.60 (0.60–0.60) | **no** |",
                        "| away | acknowledged at 2.0 × the limit ≥ 0.9 of the best in the time that the database is there"
                                + " | 1.00 (1.00–1.00) | yes |");
    }

    @Test
    void whetherItIsNormalAfterAnOverloadIsAskedWhereTheDatabaseStays() {
        assertThat(OverloadGoals.markdown(
                                List.of(
                                        row("near", 1, 0, 2, 1, 8),
                                        row("near", 1, 1, 0.5, 0.5, 0.25),
                                        row("away", 0.6, 0, 2, 1, 8),
                                        row("away", 0.6, 1, 0.5, 0.5, 8)),
                                "ours")
                        .lines()
                        .filter(line -> line.contains("normal")))
                .containsExactly("| near | normal ≤ 1 s after 2.0 × the limit | 0.25 (0.25–0.25) | yes |");
    }

    private static OverloadedRate row(
            String scenario, double there, int stage, double load, double goodput, double normalAfter) {
        return new OverloadedRate(
                "ours",
                scenario,
                there,
                1,
                stage,
                1000,
                200,
                load,
                goodput,
                0.4,
                0,
                0,
                1,
                2,
                3,
                4,
                1,
                0.1,
                normalAfter,
                5,
                30,
                300,
                0);
    }
}
