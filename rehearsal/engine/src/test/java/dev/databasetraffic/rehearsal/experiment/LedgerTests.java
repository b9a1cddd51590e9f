package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTests {

    private static final Answer STORED = new Answer(Outcome.ACKNOWLEDGED, 201, "", true);
    private static final Answer TIMEOUT = new Answer(Outcome.AMBIGUOUS, 0, "timeout", true);

    private final Ledger ledger = new Ledger();

    @Test
    void aWriteInFlightIsNotAmongTheEnded() {
        int first = ledger.begin(0);
        ledger.begin(millis(10));
        ledger.end(first, millis(7), STORED);

        assertThat(ledger.ended())
                .containsExactly(new Write(0, Duration.ZERO, Duration.ofMillis(7), STORED, Write.Settlement.NONE));
        assertThat(ledger.inFlight()).isEqualTo(1);
    }

    @Test
    void whatIsStillInFlightAtTheEndIsAmbiguousRatherThanForgotten() {
        ledger.begin(0);

        ledger.endAll(millis(5));

        assertThat(ledger.ended()).singleElement().satisfies(write -> {
            assertThat(write.answer().outcome()).isEqualTo(Outcome.AMBIGUOUS);
            assertThat(write.latency()).isEqualTo(Duration.ofMillis(5));
        });
    }

    @Test
    void theFirstAnswerCounts() {
        int write = ledger.begin(0);
        ledger.end(write, millis(1), TIMEOUT);

        ledger.end(write, millis(2), STORED);

        assertThat(ledger.count(Outcome.AMBIGUOUS)).isEqualTo(1);
        assertThat(ledger.count(Outcome.ACKNOWLEDGED)).isZero();
    }

    @Test
    void manyWritesFromManyThreadsAreAllKept() {
        IntStream.range(0, 50_000)
                .parallel()
                .forEach(n -> ledger.end(ledger.begin(n), n + 3L, n % 5 == 0 ? TIMEOUT : STORED));

        assertThat(ledger.size()).isEqualTo(50_000);
        assertThat(ledger.count(Outcome.AMBIGUOUS)).isEqualTo(10_000);
        assertThat(ledger.ended())
                .hasSize(50_000)
                .allMatch(write -> write.latency().toNanos() == 3);
    }

    @Test
    void anEndlessVarietyOfAnswersIsBounded() {
        IntStream.range(0, 100_000)
                .forEach(n -> ledger.end(ledger.begin(n), n, new Answer(Outcome.AMBIGUOUS, 500, "kind " + n, false)));

        assertThat(ledger.ended().map(Write::answer).distinct().count()).isLessThan(2_000);
        assertThat(ledger.count(Outcome.AMBIGUOUS)).isEqualTo(100_000);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
