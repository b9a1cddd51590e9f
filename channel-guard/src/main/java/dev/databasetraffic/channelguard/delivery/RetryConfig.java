package dev.databasetraffic.channelguard.delivery;

import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one layer that retries: gRPC's own, under the call's deadline, which holds for all attempts together.
 *
 * <p>Every other layer, such as a client library's, had better not retry then: five times five attempts are twenty-five.
 * Only for methods that may be repeated. A throttle ends retries when most calls fail, so that an outage does not multiply
 * the traffic. What is out of the bounds below is refused with {@link IllegalArgumentException}.
 *
 * @param services full names, such as {@code google.firestore.v1.Firestore}, whose methods are retried; at least one
 * @param maxAttempts the first included; from 2 to 5, which is gRPC's limit
 * @param initialBackoff longest wait before the second attempt; what is waited is random up to that. At least 1 ms
 * @param maxBackoff longest wait before any; at least {@code initialBackoff}
 * @param backoffMultiplier by which that wait grows from attempt to attempt; at least 1
 * @param codes that are retried; at least one
 * @param deadline of calls that set none themselves, or a later one; null for none. At least 1 ms
 * @see <a href="https://github.com/grpc/proposal/blob/master/A6-client-retries.md">gRPC Retry Design</a>
 */
public record RetryConfig(
        List<String> services,
        int maxAttempts,
        Duration initialBackoff,
        Duration maxBackoff,
        double backoffMultiplier,
        Set<Status.Code> codes,
        @Nullable Duration deadline) {

    private static final Map<String, ?> THROTTLE = Map.of("maxTokens", 20.0, "tokenRatio", 0.5);
    private static final int MOST_ATTEMPTS = 5;
    private static final Duration LEAST = Duration.ofMillis(1);

    public RetryConfig {
        services = List.copyOf(services);
        codes = Set.copyOf(codes);
        check(!services.isEmpty(), "services are none: name at least one");
        check(
                maxAttempts >= 2 && maxAttempts <= MOST_ATTEMPTS,
                "maxAttempts is " + maxAttempts + ": must be from 2 to 5");
        check(Objects.requireNonNull(initialBackoff).compareTo(LEAST) >= 0, "initialBackoff must be at least 1 ms");
        check(Objects.requireNonNull(maxBackoff).compareTo(initialBackoff) >= 0, "maxBackoff is below initialBackoff");
        check(backoffMultiplier >= 1, "backoffMultiplier is " + backoffMultiplier + ": must be at least 1");
        check(!codes.isEmpty() && !codes.contains(Status.Code.OK), "codes must be failures, and at least one");
        check(deadline == null || deadline.compareTo(LEAST) >= 0, "deadline must be at least 1 ms");
    }

    /**
     * Retries what ended {@code UNAVAILABLE} up to four times, within 50 to 500 ms each.
     *
     * @param services whose methods may be repeated
     * @return without a deadline of its own
     */
    public static RetryConfig unavailable(String... services) {
        return new RetryConfig(
                List.of(services),
                MOST_ATTEMPTS,
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                2,
                Set.of(Status.Code.UNAVAILABLE),
                null);
    }

    /**
     * The same with a deadline over all attempts.
     *
     * @param value at least 1 ms
     * @return a copy
     */
    public RetryConfig within(Duration value) {
        return new RetryConfig(services, maxAttempts, initialBackoff, maxBackoff, backoffMultiplier, codes, value);
    }

    /**
     * For {@link ManagedChannelBuilder#defaultServiceConfig}, beside {@link
     * ManagedChannelBuilder#disableServiceConfigLookUp()}, without which what the name's DNS says may replace it.
     *
     * @return an unmodifiable service config
     */
    public Map<String, ?> toServiceConfig() {
        Map<String, Object> method = new LinkedHashMap<>();
        method.put(
                "name",
                services.stream().map(service -> Map.of("service", service)).toList());
        if (deadline != null) {
            method.put("timeout", seconds(deadline));
        }
        method.put(
                "retryPolicy",
                Map.of(
                        "maxAttempts", (double) maxAttempts,
                        "initialBackoff", seconds(initialBackoff),
                        "maxBackoff", seconds(maxBackoff),
                        "backoffMultiplier", backoffMultiplier,
                        "retryableStatusCodes",
                                codes.stream().map(Enum::name).sorted().toList()));
        return Map.of("methodConfig", List.of(Map.copyOf(method)), "retryThrottling", THROTTLE);
    }

    /** As protocol buffers write a duration in JSON. */
    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%d.%09ds", duration.getSeconds(), duration.getNano());
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
