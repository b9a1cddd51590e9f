package dev.databasetraffic.rehearsal.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends the service what a person filled in, as curl would. */
final class SampleCall {

    private static final Duration PATIENCE = Duration.ofSeconds(70);
    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final int LONGEST_READ = 4 * LONGEST_ANSWER;

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset=\"?([^\\s;\"]+)");

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
            return new SampleReply(response.statusCode(), headers, text(response), millisSince(begin));
        } catch (IOException e) {
            return new SampleReply(0, List.of(), "no answer: " + e, millisSince(begin));
        }
    }

    /** The client's own time limit ends with the headers: a body may stall for ever, or have no end. */
    private static String text(HttpResponse<InputStream> response) throws IOException, InterruptedException {
        CompletableFuture<byte[]> bytes = new CompletableFuture<>();
        try (InputStream body = response.body()) {
            ForkJoinPool.commonPool().execute(() -> {
                try {
                    bytes.complete(body.readNBytes(LONGEST_READ));
                } catch (IOException e) {
                    bytes.completeExceptionally(e);
                }
            });
            return shortened(new String(bytes.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), charset(response)));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e);
        } catch (TimeoutException e) {
            throw new IOException("not whole within " + PATIENCE.toSeconds() + " s", e);
        }
    }

    private static Charset charset(HttpResponse<?> response) {
        Matcher named =
                CHARSET.matcher(response.headers().firstValue("content-type").orElse(""));
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static String shortened(String body) {
        return body.length() <= LONGEST_ANSWER ? body : body.substring(0, LONGEST_ANSWER) + "…";
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
