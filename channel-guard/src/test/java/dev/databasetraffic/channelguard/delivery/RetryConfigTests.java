package dev.databasetraffic.channelguard.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryConfigTests {

    @Test
    void itReadsAsAServiceConfig() {
        assertThat(RetryConfig.unavailable("a.B", "c.D")
                        .within(Duration.ofMillis(2500))
                        .toServiceConfig())
                .isEqualTo(Map.of(
                        "methodConfig",
                        List.of(Map.of(
                                "name",
                                List.of(Map.of("service", "a.B"), Map.of("service", "c.D")),
                                "timeout",
                                "2.500000000s",
                                "retryPolicy",
                                Map.of(
                                        "maxAttempts",
                                        5.0,
                                        "initialBackoff",
                                        "0.050000000s",
                                        "maxBackoff",
                                        "0.500000000s",
                                        "backoffMultiplier",
                                        2.0,
                                        "retryableStatusCodes",
                                        List.of("UNAVAILABLE")))),
                        "retryThrottling",
                        Map.of("maxTokens", 20.0, "tokenRatio", 0.5)));
    }

    @Test
    void whatCannotBeIsRefusedWithItsBounds() {
        Duration some = Duration.ofMillis(50);
        Set<Status.Code> codes = Set.of(Status.Code.UNAVAILABLE);
        assertThatIllegalArgumentException()
                .isThrownBy(RetryConfig::unavailable)
                .withMessageContaining("at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryConfig(List.of("a.B"), 6, some, some, 1, codes, null))
                .withMessageContaining("from 2 to 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryConfig(List.of("a.B"), 5, some, Duration.ZERO, 1, codes, null))
                .withMessageContaining("maxBackoff");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryConfig(List.of("a.B"), 5, some, some, 0.5, codes, null))
                .withMessageContaining("backoffMultiplier is 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryConfig.unavailable("a.B").within(Duration.ZERO))
                .withMessageContaining("deadline");
    }
}
