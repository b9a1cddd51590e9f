package dev.databasetraffic.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.bench.generating.Generator.Said;
import dev.databasetraffic.bench.generating.KnownDelay.Seen;
import dev.databasetraffic.bench.report.GeneratorResults.Row;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratorResultsTests {

    /** It never saw what was not sent to it. */
    private static final Seen SEEN = new Seen(900, 99, 9, 11, 1, 50, 1, 450);

    @Test
    void whatWasSentIsHeldAgainstWhatTheServiceSawAndAStallAgainstWhatCallersWait() throws IOException {
        GeneratorResults results = new GeneratorResults(
                Instant.EPOCH,
                Machine.thisOne(),
                Map.of(),
                List.of(row("open", 0, 51), row("users", 100, 52)),
                List.of(row("users", 100, 52), row("open", 0, 451)));

        assertThat(results.markdown().lines().filter(line -> line.startsWith("| 100 ")))
                .containsExactly(
                        "| 100 | open | -1.00 (-1.00–-1.00) | 9 (9–9) to 11 (11–11) | 0 | 1.00 (1.00–1.00) |"
                                + " 1.00 (1.00–1.00) | 7 (7–7) | 8 (8–8) |",
                        "| 100 | users | -1.00 (-1.00–-1.00) | 9 (9–9) to 11 (11–11) | 100 | 1.00 (1.00–1.00) |"
                                + " 2.00 (2.00–2.00) | 7 (7–7) | 8 (8–8) |",
                        "| 100 | open | 0.0 (0.0–0.0) | 2.00 (2.00–2.00) | 451.0 (451.0–451.0) | 450.0 (450.0–450.0) |"
                                + " -1.0 (-1.0–-1.0) |",
                        "| 100 | users | 10.0 (10.0–10.0) | 2.00 (2.00–2.00) | 52.0 (52.0–52.0) |"
                                + " 450.0 (450.0–450.0) | 398.0 (398.0–398.0) |");
    }

    private static Row row(String generator, long notSent, double p99) {
        return new Row(generator, 100, 1, 1000, new Said(notSent, 2, p99, 7, 8), SEEN);
    }
}
