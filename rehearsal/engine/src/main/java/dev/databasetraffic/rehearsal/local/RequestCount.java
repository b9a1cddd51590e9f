package dev.databasetraffic.rehearsal.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * How many requests a service of Spring Boot has been asked, by its own metrics: no proxy counts them on this machine.
 * Asked once a second, on the asker's own thread, which costs half of what a client with threads of its own does.
 */
final class RequestCount {

    private static final String METRIC = "http_server_requests_seconds";
    private static final int TIMEOUT_MILLIS = 1000;

    private final URI metrics;

    /** @param beside a page of the service's management interface, such as its readiness */
    RequestCount(URI beside) {
        metrics = beside.resolve("/actuator/prometheus?includedNames=" + METRIC);
    }

    /** Since the service's start, its management interface left out; empty if it does not say. */
    OptionalLong get() {
        try {
            HttpURLConnection connection = (HttpURLConnection) metrics.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            // Read to its end and closed, so that the connection serves the next time as well.
            try (InputStream in = connection.getInputStream()) {
                return OptionalLong.of(sum(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
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
