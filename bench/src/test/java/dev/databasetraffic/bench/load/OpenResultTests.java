package dev.databasetraffic.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.databasetraffic.bench.load.OpenResult.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenResultTests {

    private static final Answer STORED = new Answer("a-0", 201, 0, 1);
    private static final Answer SLOW = new Answer("a-1", 201, 3, 9);
    private static final Answer REFUSED = new Answer("a-2", 503, 0, 2);
    private static final Answer UNKNOWN = new Answer("a-3", 504, 0, 2000);
    private static final Answer NOT_SENT = new Answer("a-4", -1, 5000, 5000);

    private final OpenResult result = of(STORED, SLOW, REFUSED, UNKNOWN, NOT_SENT);

    private static OpenResult of(Answer... answers) {
        return new OpenResult(new LoadStage(10, Duration.ofMillis(500)), Instant.EPOCH, List.of(answers));
    }

    @Test
    void whatWasNeverSentHasFailedAsWell() {
        assertThat(result.due()).isEqualTo(5);
        assertThat(result.acknowledged()).isEqualTo(2);
        assertThat(result.refused()).isOne();
        assertThat(result.failed()).isEqualTo(2);
        assertThat(result.notSent()).isOne();
    }

    @Test
    void timesAreOfTheAcknowledgedAndOfTheRefusedApart() {
        assertThat(result.acknowledgedWithin(0.5)).isEqualTo(1);
        assertThat(result.acknowledgedWithin(0.99)).isEqualTo(9);
        assertThat(result.refusedWithin(0.99)).isEqualTo(2);
        assertThat(result.longest()).isEqualTo(5000);
        assertThat(result.sentLate(0.8)).isEqualTo(3);
    }

    @Test
    void theTimeOfLateAnswersCountsWhereGoodputIsToldInSeconds() {
        assertThat(of(STORED, SLOW).goodput()).isEqualTo(4);
        // The fourth was due after 300 ms, and took 2 s.
        assertThat(of(STORED, SLOW, REFUSED, UNKNOWN).goodput()).isCloseTo(2 / 2.3, within(1e-9));
    }

    @Test
    void itIsNormalFromTheFirstRequestAfterWhichAllAreAcknowledgedInTime() {
        assertThat(of(STORED, STORED).normalAfter(Duration.ofMillis(5))).isZero();
        assertThat(of(REFUSED, STORED, SLOW, STORED).normalAfter(Duration.ofMillis(5)))
                .isEqualTo(Duration.ofMillis(300));
        assertThat(of(REFUSED, STORED, SLOW, STORED).normalAfter(Duration.ofMillis(10)))
                .isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void eachStageHasTheRequestsThatWereDueInIt() {
        List<OpenResult> results = OpenLoad.results(
                Instant.EPOCH,
                "a-",
                List.of(new LoadStage(2, Duration.ofSeconds(1)), new LoadStage(1, Duration.ofSeconds(1))),
                List.of("0,201,10,1000", "1,503,20,2000", "2,-1,5000000,5000000"));
        assertThat(results.get(0).answers())
                .containsExactly(new Answer("a-0", 201, 0.01, 1), new Answer("a-1", 503, 0.02, 2));
        assertThat(results.get(1).answers()).containsExactly(new Answer("a-2", -1, 5000, 5000));
        assertThat(results.get(1).from()).isEqualTo(Instant.EPOCH.plusSeconds(1));
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
