package dev.databasetraffic.mesh.admission;

import java.util.List;
import java.util.Set;

/** What istiod's webhook says of retries: {@code validateHTTPRetry}. */
final class RetryValidation {

    private static final Set<String> CAUSES = Set.of(
            "5xx",
            "gateway-error",
            "reset",
            "reset-before-request",
            "connect-failure",
            "retriable-4xx",
            "refused-stream",
            "retriable-status-codes",
            "retriable-headers",
            "envoy-ratelimited",
            "http3-post-connect-failure",
            "cancelled",
            "deadline-exceeded",
            "internal",
            "resource-exhausted",
            "unavailable");

    private RetryValidation() {}

    static void check(Element retries) {
        if (!retries.exists()) {
            return;
        }
        double attempts = retries.at("attempts").number();
        boolean set = List.of("perTryTimeout", "retryOn", "retryRemoteLocalities").stream()
                .anyMatch(part -> !retries.at(part).isEmpty());
        if (attempts < 0 || attempts == 0 && set) {
            retries.at("attempts")
                    .refuse(attempts < 0 ? "is below 0" : "is 0, and the rest is for those there are", "at least 1");
        }
        CommonValidation.checkDuration(retries.at("perTryTimeout"));
        CommonValidation.checkDuration(retries.at("backoff"));
        Element retryOn = retries.at("retryOn");
        for (String cause : retryOn.isEmpty() ? new String[0] : retryOn.text().split(",", -1)) {
            if (!CAUSES.contains(cause) && !cause.matches("[1-5][0-9]{2}")) {
                retryOn.refuse(
                        "names \"" + cause + "\"",
                        NearNames.of(cause, CAUSES) + ", or a status, between commas without blanks");
            }
        }
    }
}
