package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
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
    void whatWaitsForItsAnswerIsCountedByWhenItBegan() {
        ledger.begin(0);
        ledger.end(ledger.begin(millis(1)), millis(2), STORED);
        ledger.begin(millis(3));
        ledger.begin(millis(4));

        assertThat(ledger.inFlightSince(Duration.ofMillis(4))).isEqualTo(2);
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

    @Test
    void timesAreExactHoweverLongTheyAre() {
        Random random = new Random(11);
        List<Write> entered = new ArrayList<>();
        long start = 0;
        for (int n = 0; n < 20_000; n++) {
            start += n % 9_000 == 0 ? random.nextLong(Duration.ofHours(9).toNanos()) : random.nextInt(400_000);
            long latency =
                    n % 5_000 == 17 ? random.nextLong(Duration.ofHours(48).toNanos()) : random.nextInt();
            ledger.end(ledger.begin(start), start + Math.abs(latency), STORED);
            entered.add(new Write(
                    n, Duration.ofNanos(start), Duration.ofNanos(Math.abs(latency)), STORED, Write.Settlement.NONE));
        }

        assertThat(ledger.ended()).containsExactlyElementsOf(entered);
    }

    @Test
    void whatWasLearnedLaterIsKeptBesideTheAnswer() {
        int settled = ledger.begin(0);
        int open = ledger.begin(1);
        ledger.end(settled, 5, TIMEOUT);
        ledger.end(open, 5, TIMEOUT);
        ledger.settle(settled, Write.Settlement.UNRESOLVED);
        ledger.settle(settled, Write.Settlement.WRITTEN);
        ledger.settle(open, Write.Settlement.UNRESOLVED);

        assertThat(ledger.ended())
                .extracting(Write::answer, Write::settlement)
                .containsExactly(tuple(TIMEOUT, Write.Settlement.WRITTEN), tuple(TIMEOUT, Write.Settlement.UNRESOLVED));
    }

    @Test
    void thePartsOfALongRunAreFoundAsIfItWereReadWhole() {
        Random random = new Random(3);
        for (int n = 0; n < 30_000; n++) {
            long start = millis(n);
            ledger.end(ledger.begin(start), start + millis(random.nextInt(3_000)), n % 7 == 0 ? TIMEOUT : STORED);
        }
        Phase.Span span = new Phase.Span(Phase.OUTAGE, Duration.ofMillis(9_500), Duration.ofMillis(17_001));
        Duration moment = Duration.ofMillis(21_234);

        assertThat(ledger.began(span)).hasSize(7_501).allMatch(write -> span.contains(write.start()));
        assertThat(ledger.endedSince(moment))
                .containsExactlyElementsOf(ledger.ended()
                        .filter(write -> write.end().compareTo(moment) >= 0)
                        .toList());
        assertThat(ledger.firstEndSince(moment, answer -> answer.equals(TIMEOUT)))
                .isEqualTo(ledger.ended()
                        .filter(write ->
                                write.answer().equals(TIMEOUT) && write.end().compareTo(moment) >= 0)
                        .map(Write::end)
                        .min(Comparator.naturalOrder())
                        .orElseThrow());
        assertThat(ledger.firstEndSince(Duration.ofHours(1), answer -> true)).isNull();
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
