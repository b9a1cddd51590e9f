package dev.databasetraffic.databases.firestore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads back what is stored, straight from the emulator's REST interface, past TLS and mesh and service. */
public final class FirestoreReadBack {

    static final int PAGE_SIZE = 1000;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI query;
    private final String collection;
    private final String field;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * Reads nothing yet.
     *
     * @param emulator base of the emulator's REST interface
     * @param collection a collection of the project's default database
     * @param field its documents' field that tells one write from another; those without it are left out
     */
    public FirestoreReadBack(URI emulator, String project, String collection, String field) {
        query = emulator.resolve("/v1/projects/" + project + "/databases/(default)/documents:runQuery");
        this.collection = collection;
        this.field = field;
    }

    /**
     * How many documents carry each value of the field that starts with the prefix.
     *
     * @throws EmulatorException if they could not be read completely
     */
    public Map<String, Integer> count(String prefix) throws EmulatorException {
        Map<String, Integer> counts = new TreeMap<>();
        JsonNode last = null;
        int read;
        do {
            read = 0;
            for (JsonNode result : page(prefix, last)) {
                // An answer without a document only tells the time of the read.
                if (result.has("document")) {
                    last = result.get("document");
                    counts.merge(value(last), 1, Integer::sum);
                    read++;
                }
            }
        } while (read == PAGE_SIZE);
        return counts;
    }

    private JsonNode page(String prefix, @Nullable JsonNode after) throws EmulatorException {
        try {
            HttpRequest request = HttpRequest.newBuilder(query)
                    .timeout(TIMEOUT)
                    // The emulator's owner, whom no security rule holds back.
                    .header("Authorization", "Bearer owner")
                    .POST(HttpRequest.BodyPublishers.ofString(body(prefix, after)))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new EmulatorException("The emulator answered " + query + " with status " + response.statusCode()
                        + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (EmulatorException e) {
            throw e;
        } catch (IOException e) {
            throw new EmulatorException(
                    "What is stored could not be read back from the emulator at " + query + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmulatorException("Interrupted while what is stored was read back.", e);
        }
    }

    /** A {@code RunQueryRequest} of Firestore's REST reference, ordered so that the last document marks the next page. */
    private String body(String prefix, @Nullable JsonNode after) {
        ObjectNode request = JSON.createObjectNode();
        ObjectNode structured = request.putObject("structuredQuery").put("limit", PAGE_SIZE);
        structured.putObject("select").putArray("fields").addObject().put("fieldPath", field);
        structured.putArray("from").addObject().put("collectionId", collection);
        ObjectNode both =
                structured.putObject("where").putObject("compositeFilter").put("op", "AND");
        ArrayNode filters = both.putArray("filters");
        filter(filters, "GREATER_THAN_OR_EQUAL", prefix);
        // The last code point of all: every value that starts with the prefix sorts before it.
        filter(filters, "LESS_THAN", prefix + Character.toString(Character.MAX_CODE_POINT));
        ArrayNode order = structured.putArray("orderBy");
        order.addObject().putObject("field").put("fieldPath", field);
        order.addObject().putObject("field").put("fieldPath", "__name__");
        if (after != null) {
            ArrayNode values =
                    structured.putObject("startAt").put("before", false).putArray("values");
            values.addObject().put("stringValue", value(after));
            values.addObject().put("referenceValue", after.path("name").asText());
        }
        return request.toString();
    }

    private void filter(ArrayNode filters, String operation, String value) {
        ObjectNode filter = filters.addObject().putObject("fieldFilter").put("op", operation);
        filter.putObject("field").put("fieldPath", field);
        filter.putObject("value").put("stringValue", value);
    }

    private String value(JsonNode document) {
        return document.path("fields").path(field).path("stringValue").asText();
    }
}
