package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoredWritesTests {

    private final StoredWrites stored = new StoredWrites("rehearsal-x-", 12);

    @Test
    void aWriteIsKnownByTheNumberThatEndsItsKey() {
        stored.accept("rehearsal-x-0", 1);
        stored.accept("rehearsal-x-11", 1);
        stored.accept("rehearsal-x-11", 1);

        assertThat(IntStream.range(0, 12).map(stored::times)).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2);
        assertThat(stored.total()).isEqualTo(3);
    }

    @Test
    void whatNobodyWroteCountsInTheSumAlone() {
        for (String key :
                new String[] {"", "1", "x-", "x-01", "x-12", "x-1a", "x--1", "x-4294967297", "x-99999999999"}) {
            stored.accept("rehearsal-" + key, 1);
        }

        assertThat(IntStream.range(0, 12).map(stored::times)).containsOnly(0);
        assertThat(stored.total()).isEqualTo(9);
    }

    @Test
    void aWriteThatIsStoredHundredsOfTimesIsNoneThatIsLost() {
        IntStream.range(0, 300).forEach(n -> stored.accept("rehearsal-x-1", 1));

        assertThat(stored.times(1)).isEqualTo(127);
    }
}
