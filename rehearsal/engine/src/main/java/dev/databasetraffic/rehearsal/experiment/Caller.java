package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client of the service under test: asks what the experiment says, and reads the answers as it says. */
public final class Caller implements AutoCloseable {

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
    private final Operations operations;
    private final Requests requests;

    /** A caller who asks what the experiment says. */
    public Caller(URI service, Experiment experiment) {
        operations = new Operations(experiment.operation());
        requests = new Requests(service, experiment.load().timeout());
    }

    /**
     * Asks once. Completes with an answer, never exceptionally.
     *
     * @param number says which operation it is
     * @param key by which the request is known to the service and in the database
     */
    CompletableFuture<Answer> ask(int number, String key) {
        Operation operation = operations.of(number);
        HttpRequest request = requests.of(operation.request(), key, number);
        // The request's own timeout ends with the response's headers; a body may take as long again, but not for ever.
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .orTimeout(2 * requests.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> failure == null ? classify(operation, response) : classify(failure))
                .thenApply(answer -> operation.isRead() ? leavingNothingOpen(answer) : answer);
    }

    /**
     * Whether a request of its own is acknowledged.
     *
     * @param key that no other request of the run has
     */
    public boolean isAcknowledged(String key) throws InterruptedException {
        return Interruptibly.get(ask(0, key)).outcome() == Outcome.ACKNOWLEDGED;
    }

    /** A read writes nothing, so no failure of it leaves anything open. */
    private static Answer leavingNothingOpen(Answer answer) {
        return answer.outcome() == Outcome.ACKNOWLEDGED
                ? answer
                : new Answer(Outcome.NOT_WRITTEN, answer.status(), answer.kind(), answer.foreseen());
    }

    private static Answer classify(Operation operation, HttpResponse<String> response) {
        int status = response.statusCode();
        JsonNode body = document(response.body());
        Outcome outcome = operation.read(status, body);
        if (outcome == Outcome.ACKNOWLEDGED) {
            return new Answer(outcome, status, "", true);
        }
        JsonPointer pointer = operation.kindPointer();
        String kind = pointer == null ? "" : printable(body.at(pointer).asText());
        return outcome == null
                ? new Answer(Outcome.AMBIGUOUS, status, kind, false)
                : new Answer(outcome, status, kind, true);
    }

    private static Answer classify(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new Answer(Outcome.NOT_WRITTEN, 0, "connection refused", true);
        }
        boolean timedOut = cause instanceof HttpTimeoutException || cause instanceof TimeoutException;
        return new Answer(
                Outcome.AMBIGUOUS, 0, timedOut ? "no answer within the caller's timeout" : "broken connection", false);
    }

    private static JsonNode document(@Nullable String text) {
        try {
            return JSON.readTree(text == null ? "" : text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** What a stranger sent is shown in terminals and reports: no control characters, and not at any length. */
    private static String printable(String text) {
        String clean = text.replaceAll("[^\\p{Graph} ]", "?");
        return clean.length() <= LONGEST_KIND ? clean : clean.substring(0, LONGEST_KIND) + "…";
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
