package dev.databasetraffic.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.bench.generating.LongRehearsal.Told;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalResultsTests {

    @Test
    void whatIsBehindItsGoalIsSaidAndWhatTheRehearsalSaysOfItself() throws IOException {
        Told run = new Told(1000, 20, 970, 970, 1, 2, 3, 0.4, 0.8, 410, 2.9, 3.1, 3, 2.5, List.of("The load was."));

        assertThat(new RehearsalResults(Instant.EPOCH, Machine.thisOne(), Map.of(), List.of(run)).markdown())
                .contains(
                        "| not sent ≤ 1 % | 2.00 (2.00–2.00) | **no** |",
                        "| the rehearsal's processor time < 1 × the service's | 0.50 (0.50–0.50) | yes |",
                        "| RSS of the rehearsal's process < 400 MB | 410 (410–410) | **no** |",
                        "| verdict ≤ 3 s after the load | 2.9 (2.9–2.9) | yes |",
                        "| journal ≤ 3 s after the load | 3.1 (3.1–3.1) | **no** |",
                        "| acknowledged % | 97.0 (97.0–97.0) |",
                        "\n- The load was.");
    }
}
