package dev.databasetraffic.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AcknowledgedWritesTests {

    @Test
    void acknowledgedAndStoredOnceIsAccountedFor() {
        assertThat(AcknowledgedWrites.difference("a-", 2, 0, Map.of("a-1", 1, "a-2", 1)))
                .isEmpty();
    }

    @Test
    void anAcknowledgedWriteThatIsNotStoredIsTold() {
        assertThat(AcknowledgedWrites.difference("a-", 2, 0, Map.of("a-1", 1)))
                .contains("a-: 2 acknowledged, 0 refused, 1 stored, 0 of them more than once");
    }

    @Test
    void aWriteStoredTwiceIsToldEvenIfTheNumbersAgree() {
        assertThat(AcknowledgedWrites.difference("a-", 2, 0, Map.of("a-1", 1, "a-2", 2)))
                .contains("a-: 2 acknowledged, 0 refused, 2 stored, 1 of them more than once");
    }

    @Test
    void aStoredWriteThatNobodyAcknowledgedIsTold() {
        assertThat(AcknowledgedWrites.difference("a-", 1, 0, Map.of("a-1", 1, "a-2", 1)))
                .isPresent();
    }

    @Test
    void aRefusalMayHaveSaidThatNothingIsKnown() {
        assertThat(AcknowledgedWrites.difference("a-", 1, 1, Map.of("a-1", 1))).isEmpty();
        assertThat(AcknowledgedWrites.difference("a-", 1, 1, Map.of("a-1", 1, "a-2", 1)))
                .isEmpty();
        assertThat(AcknowledgedWrites.difference("a-", 1, 1, Map.of("a-1", 1, "a-2", 1, "a-3", 1)))
                .isPresent();
    }
}
