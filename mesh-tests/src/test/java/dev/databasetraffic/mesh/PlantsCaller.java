package dev.databasetraffic.mesh;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls plants as its users do. */
final class PlantsCaller {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final URI plants;
    private final HttpClient http = HttpClient.newHttpClient();

    PlantsCaller(URI service) {
        plants = service.resolve("/plants");
    }

    /** What a caller got, and how long it took; status 0 is a connection that broke. */
    record Answer(int status, String body, Duration took) {}

    Answer post(String name) {
        HttpRequest request = HttpRequest.newBuilder(plants)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", name)
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                .build();
        long begin = System.nanoTime();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), since(begin));
        } catch (IOException e) {
            return new Answer(0, e.toString(), since(begin));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
