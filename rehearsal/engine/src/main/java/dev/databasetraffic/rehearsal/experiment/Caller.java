package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client of the service under test: sends writes and classifies what comes back, as cautiously as a client must. */
final class Caller implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_KIND = 100;

    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(executor)
            .build();
    private final URI asked;
    private final Experiment.Load load;
    private final boolean probing;

    /** A caller who writes plants. */
    Caller(URI service, Experiment.Load load) {
        this(service.resolve("/plants"), load, false);
    }

    private Caller(URI asked, Experiment.Load load, boolean probing) {
        this.asked = asked;
        this.load = load;
        this.probing = probing;
    }

    /** A caller who asks what the experiment says. */
    static Caller of(URI service, Experiment experiment) {
        Experiment.Probe probe = experiment.scope().probe();
        return probe == null
                ? new Caller(service, experiment.load())
                : new Caller(service.resolve(probe.path()), experiment.load(), true);
    }

    Experiment.Load load() {
        return load;
    }

    /**
     * Writes one plant, whose name is the Idempotency-Key as well; or probes once. Completes with an answer, never
     * exceptionally.
     */
    CompletableFuture<Answer> write(String name) {
        HttpRequest request = (probing ? HttpRequest.newBuilder(asked) : plant(name))
                .timeout(load.timeout())
                .build();
        // The request's own timeout ends with the response's headers; a body may take as long again, but not for ever.
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .orTimeout(2 * load.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> failure == null ? classify(response) : classify(failure))
                .thenApply(answer -> probing ? probed(answer) : answer);
    }

    private HttpRequest.Builder plant(String name) {
        Map<String, Object> plant = new HashMap<>(load.body());
        plant.put("name", name);
        return HttpRequest.newBuilder(asked)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", name)
                .POST(HttpRequest.BodyPublishers.ofString(json(plant)));
    }

    /** A probe writes nothing, so that no failure of it leaves anything open. */
    private static Answer probed(Answer answer) {
        boolean success = answer.status() >= 200 && answer.status() < 400;
        return new Answer(
                success ? Outcome.ACKNOWLEDGED : Outcome.NOT_WRITTEN, answer.status(), success ? "" : answer.kind());
    }

    private static Answer classify(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status == 200 || status == 201) {
            return new Answer(Outcome.ACKNOWLEDGED, status, "");
        }
        JsonNode problem = problem(response.body());
        String kind = printable(problem.path("type").asText("no problem type"));
        if (status >= 400 && status < 500) {
            return new Answer(Outcome.REFUSED, status, kind);
        }
        boolean notWritten = status == 503 && problem.path("outcome").asText("").equals("not-written");
        return new Answer(notWritten ? Outcome.NOT_WRITTEN : Outcome.AMBIGUOUS, status, kind);
    }

    private static Answer classify(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new Answer(Outcome.NOT_WRITTEN, 0, "connection refused");
        }
        boolean timedOut = cause instanceof HttpTimeoutException || cause instanceof TimeoutException;
        return new Answer(
                Outcome.AMBIGUOUS, 0, timedOut ? "no answer within the caller's timeout" : "broken connection");
    }

    private static JsonNode problem(@Nullable String text) {
        try {
            JsonNode node = JSON.readTree(text == null ? "" : text);
            return node.isObject() ? node : JSON.createObjectNode();
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    /** What a stranger sent is shown in terminals and reports: no control characters, and not at any length. */
    private static String printable(String text) {
        String clean = text.replaceAll("[^\\p{Graph} ]", "?");
        return clean.length() <= LONGEST_KIND ? clean : clean.substring(0, LONGEST_KIND) + "…";
    }

    private static String json(Map<String, Object> plant) {
        try {
            return JSON.writeValueAsString(plant);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
