package dev.databasetraffic.rehearsal.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalLong;

/** How many requests a service of Spring Boot has been asked, by its own metrics: no proxy counts them on this machine. */
final class RequestCount {

    private static final String METRIC = "http_server_requests_seconds";
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI metrics;

    /** @param beside a page of the service's management interface, such as its readiness */
    RequestCount(URI beside) {
        metrics = beside.resolve("/actuator/prometheus?includedNames=" + METRIC);
    }

    /** Since the service's start, its management interface left out; empty if it does not say. */
    OptionalLong get() throws InterruptedException {
        try {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(metrics).timeout(TIMEOUT).build(), BodyHandlers.ofString());
            return response.statusCode() == 200 ? OptionalLong.of(sum(response.body())) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static long sum(String text) {
        return text.lines()
                .filter(line -> line.startsWith(METRIC + "_count") && !line.contains("uri=\"/actuator"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
