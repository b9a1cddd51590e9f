package dev.databasetraffic.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.bench.passing.BytesLoad;
import dev.databasetraffic.bench.passing.BytesPeer.Passed;
import dev.databasetraffic.bench.report.RouterResults.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterResultsTests {

    private static final Machine MACHINE = new Machine(2, "a processor", 24, "Linux", "17", 0);

    @Test
    void aGoalIsMetByTheMedianOfRatiosWithinOneSlice() {
        List<Row> rows = List.of(
                perSecond("ours", BytesLoad.UP, 1, 900),
                perSecond("Envoy", BytesLoad.UP, 1, 1000),
                perSecond("ours", BytesLoad.UP, 2, 300),
                perSecond("Envoy", BytesLoad.UP, 2, 300),
                perSecond("ours", BytesLoad.CONNECTIONS, 1, 70),
                perSecond("Envoy", BytesLoad.CONNECTIONS, 1, 100));

        assertThat(goals(rows))
                .containsExactly(
                        "| 1 stream up, MB/s ≥ 0.83 × Envoy's | 0.95 (0.93–0.98) | yes |",
                        "| connections/s ≥ 0.83 × Envoy's | 0.70 (0.70–0.70) | **no** |");
    }

    @Test
    void whatAProxyAddsToAMessageIsBesideTheDirectWayInTheSameSlice() {
        List<Row> rows = List.of(
                messages("direct", 1, 10),
                messages("ours", 1, 40),
                messages("toxiproxy", 1, 50),
                messages("direct", 2, 30),
                messages("ours", 2, 90),
                messages("toxiproxy", 2, 60));

        assertThat(goals(rows))
                .containsExactly("| p50 that it adds ≤ 1.00 × what toxiproxy adds | 1.38 (1.06–1.69) | **no** |");
        assertThat(markdown(rows)).contains("| 45.0 (37.5–52.5) | 45.0 (37.5–52.5) |");
    }

    @Test
    void whereNobodyIsBesideOursThereIsNoGoal() {
        List<Row> rows = List.of(perSecond("direct", BytesLoad.UP, 1, 1000), perSecond("ours", BytesLoad.UP, 1, 900));

        assertThat(goals(rows)).isEmpty();
        assertThat(markdown(rows)).contains("| 1 stream up | direct | 1000 (1000–1000) | – | – |");
    }

    @Test
    void processorTimeIsOfAllThatPassedAndNotOfWhatPassedInASecond() {
        Row row = Row.of("ours", BytesLoad.UP, 1, 1, new Passed(100, 250, 0, 0), Duration.ofMillis(500), 80);

        assertThat(row.cpu()).isEqualTo(2000);
        assertThat(row.perSecond()).isEqualTo(100);
    }

    private static Row perSecond(String subject, BytesLoad load, int slice, double perSecond) {
        return new Row(subject, load, 1, slice, perSecond, 0, 0, 5, 80);
    }

    private static Row messages(String subject, int slice, double micros) {
        return new Row(subject, BytesLoad.MESSAGES, 1, slice, 1e6 / micros, micros, micros, 5, 80);
    }

    private static String markdown(List<Row> rows) {
        return new RouterResults(Instant.EPOCH, MACHINE, Map.of(), List.of("direct", "ours", "toxiproxy"), rows)
                .markdown("ours", "direct");
    }

    /** Its rows. */
    private static List<String> goals(List<Row> rows) {
        return markdown(rows)
                .lines()
                .dropWhile(line -> !line.startsWith("| goal"))
                .takeWhile(line -> !line.isEmpty())
                .skip(2)
                .toList();
    }
}
