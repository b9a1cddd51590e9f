package dev.databasetraffic.rehearsal.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends the service what a person filled in, as curl would. */
final class SampleCall {

    private static final Duration PATIENCE = Duration.ofSeconds(70);
    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final int LONGEST_READ = 4 * LONGEST_ANSWER;

    /** Those that tell a caller something about what became of the request. */
    private static final Set<String> SHOWN = Set.of("content-type", "location", "retry-after");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * What came back.
     *
     * @param status 0 if nothing did
     * @param body or what happened instead
     */
    record SampleReply(int status, List<String> headers, String body, long millis) {}

    SampleReply send(URI service, SampleRequest sample, JsonNode body) throws InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(service.resolve(sample.path()))
                .method(sample.method(), BodyPublishers.noBody())
                .timeout(PATIENCE);
        if (!sample.body().isEmpty()) {
            builder.method(sample.method(), BodyPublishers.ofString(body.toString()))
                    .header("Content-Type", "application/json");
        }
        HttpRequest request = builder.build();
        long begin = System.nanoTime();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            List<String> headers = response.headers().map().entrySet().stream()
                    .filter(header -> SHOWN.contains(header.getKey()))
                    .map(header -> header.getKey() + ": " + String.join(", ", header.getValue()))
                    .toList();
            return new SampleReply(response.statusCode(), headers, text(response.body()), millisSince(begin));
        } catch (IOException e) {
            return new SampleReply(0, List.of(), "no answer: " + e, millisSince(begin));
        }
    }

    /** The client's own time limit ends with the headers: a body may stall for ever, or have no end. */
    private static String text(InputStream body) throws IOException, InterruptedException {
        try (body) {
            return CompletableFuture.supplyAsync(() -> beginning(body)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e);
        } catch (TimeoutException e) {
            throw new IOException("not whole within " + PATIENCE.toSeconds() + " s", e);
        }
    }

    private static String beginning(InputStream body) {
        try {
            return shortened(new String(body.readNBytes(LONGEST_READ), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shortened(String body) {
        return body.length() <= LONGEST_ANSWER ? body : body.substring(0, LONGEST_ANSWER) + "…";
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
