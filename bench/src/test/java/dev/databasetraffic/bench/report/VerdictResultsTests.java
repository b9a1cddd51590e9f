package dev.databasetraffic.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.bench.report.VerdictResults.Waited;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictResultsTests {

    @Test
    void eachWayOfWaitingIsHeldAgainstItsGoal() throws IOException {
        List<Waited> rounds = List.of(new Waited(74, 56, 25), new Waited(75, 57, 25), new Waited(76, 58, 25));

        assertThat(new VerdictResults(Instant.EPOCH, Machine.thisOne(), Map.of("rounds", "3"), rounds).markdown())
                .contains(
                        "| `./rehearse` on a clean clone ≤ 75 s | 75.0 (74.5–75.5) | yes |",
                        "| `./rehearse`, built ≤ 55 s | 57.0 (56.5–57.5) | **no** |",
                        "| `./rehearse --quick` ≤ 25 s | 25.0 (25.0–25.0) | yes |");
    }
}
