package dev.databasetraffic.rehearsal.experiment;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.databasetraffic.rehearsal.http.HttpReply;
import dev.databasetraffic.rehearsal.http.KeptConnections;
import java.net.URI;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client of the service under test: asks what the experiment says, and reads the answers as it says. */
public final class Caller implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_KIND = 100;

    private final Operations operations;
    private final Map<Operation, RequestForm> forms = new IdentityHashMap<>();
    private final KeptConnections connections;

    /** A caller who asks what the experiment says. */
    public Caller(URI service, Experiment experiment) {
        operations = new Operations(experiment.operation());
        experiment
                .operation()
                .forEach(operation -> forms.put(operation, new RequestForm(service, operation.request())));
        connections = new KeptConnections(service, experiment.load().timeout());
    }

    /**
     * Asks once. Completes with an answer, never exceptionally.
     *
     * @param number says which operation it is
     * @param key by which the request is known to the service and in the database
     */
    CompletableFuture<Answer> ask(int number, String key) {
        return ask(number, key, () -> {});
    }

    /**
     * As {@link #ask(int, String)}.
     *
     * @param leaves run when the request is handed to a connection
     */
    CompletableFuture<Answer> ask(int number, String key, Runnable leaves) {
        Operation operation = operations.of(number);
        byte[] request = requireNonNull(forms.get(operation)).of(key, number);
        return connections.send(request, operation.isRead(), leaves).thenApply(reply -> {
            Answer answer = answer(operation, reply);
            return operation.isRead() ? leavingNothingOpen(answer) : answer;
        });
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

    private static Answer answer(Operation operation, HttpReply reply) {
        return switch (reply.end()) {
            case ANSWERED -> classify(operation, reply);
            case NOT_CONNECTED -> new Answer(Outcome.NOT_WRITTEN, 0, "connection refused", true);
            case TIMED_OUT -> new Answer(Outcome.AMBIGUOUS, 0, "no answer within the caller's timeout", false);
            case BROKEN -> new Answer(Outcome.AMBIGUOUS, 0, "broken connection", false);
        };
    }

    private static Answer classify(Operation operation, HttpReply reply) {
        int status = reply.status();
        Document document = new Document(reply.body());
        Outcome outcome = operation.read(status, document);
        if (outcome == Outcome.ACKNOWLEDGED) {
            return new Answer(outcome, status, "", true);
        }
        JsonPointer pointer = operation.kindPointer();
        String kind =
                pointer == null ? "" : printable(document.get().at(pointer).asText());
        return outcome == null
                ? new Answer(Outcome.AMBIGUOUS, status, kind, false)
                : new Answer(outcome, status, kind, true);
    }

    /** What a stranger sent is shown in terminals and reports: no control characters, and not at any length. */
    private static String printable(String text) {
        String clean = text.replaceAll("[^\\p{Graph} ]", "?");
        return clean.length() <= LONGEST_KIND ? clean : clean.substring(0, LONGEST_KIND) + "…";
    }

    @Override
    public void close() {
        connections.close();
    }

    /** A body, read as JSON when somebody asks for it: most are of no interest to anybody. */
    private static final class Document implements Supplier<JsonNode> {

        private final String text;
        private @Nullable JsonNode node;

        Document(String text) {
            this.text = text;
        }

        @Override
        public JsonNode get() {
            JsonNode read = node == null ? read(text) : node;
            node = read;
            return read;
        }

        private static JsonNode read(String text) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }
    }
}
