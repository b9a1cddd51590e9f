package dev.databasetraffic.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.bench.load.OpenResult.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenResultTests {

    private static final Answer STORED = new Answer("a-0", 201, 1);
    private static final Answer SLOW = new Answer("a-1", 201, 9);
    private static final Answer REFUSED = new Answer("a-2", 503, 2);
    private static final Answer UNKNOWN = new Answer("a-3", 504, 2000);

    private final OpenResult result =
            new OpenResult(10, Duration.ofMillis(500), 2, List.of(STORED, SLOW, REFUSED, UNKNOWN));

    @Test
    void whatNeverBeganHasFailedAsWell() {
        assertThat(result.due()).isEqualTo(5);
        assertThat(result.acknowledged()).isEqualTo(2);
        assertThat(result.refused()).isOne();
        assertThat(result.failed()).isEqualTo(2);
    }

    @Test
    void timesAreOfTheAcknowledgedAndOfTheRefusedApart() {
        assertThat(result.acknowledgedWithin(0.5)).isEqualTo(1);
        assertThat(result.acknowledgedWithin(0.99)).isEqualTo(9);
        assertThat(result.refusedWithin(0.99)).isEqualTo(2);
        assertThat(result.longest()).isEqualTo(2000);
    }

    @Test
    void nothingIsWrongWhereTheUnknownIsStoredOrNot() {
        assertThat(result.wrong(Map.of("a-0", 1, "a-1", 1))).isZero();
        assertThat(result.wrong(Map.of("a-0", 1, "a-1", 1, "a-3", 1))).isZero();
    }

    @Test
    void lostDoubledAndPhantomAnswersAreWrong() {
        assertThat(result.wrong(Map.of("a-0", 1))).isOne();
        assertThat(result.wrong(Map.of("a-0", 1, "a-1", 2))).isOne();
        assertThat(result.wrong(Map.of("a-0", 1, "a-1", 1, "a-2", 1))).isOne();
    }
}
