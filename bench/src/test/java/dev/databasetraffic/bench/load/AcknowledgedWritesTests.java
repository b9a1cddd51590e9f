package dev.databasetraffic.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AcknowledgedWritesTests {

    @Test
    void acknowledgedAndStoredOnceIsAccountedFor() {
        assertThat(AcknowledgedWrites.difference("a-", 2, Map.of("a-1", 1, "a-2", 1)))
                .isEmpty();
    }

    @Test
    void anAcknowledgedWriteThatIsNotStoredIsTold() {
        assertThat(AcknowledgedWrites.difference("a-", 2, Map.of("a-1", 1)))
                .contains("a-: 2 acknowledged, 1 stored, 0 of them more than once");
    }

    @Test
    void aWriteStoredTwiceIsToldEvenIfTheNumbersAgree() {
        assertThat(AcknowledgedWrites.difference("a-", 2, Map.of("a-1", 1, "a-2", 2)))
                .contains("a-: 2 acknowledged, 2 stored, 1 of them more than once");
    }

    @Test
    void aStoredWriteThatNobodyAcknowledgedIsTold() {
        assertThat(AcknowledgedWrites.difference("a-", 1, Map.of("a-1", 1, "a-2", 1)))
                .isPresent();
    }
}
