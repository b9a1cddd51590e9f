package dev.databasetraffic.rehearsal.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the plants straight from the emulator's REST interface, past TLS front, router and service. */
public final class StoredPlants {

    static final int PAGE_SIZE = 1000;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI query;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * Reads nothing yet.
     *
     * @param emulator base of the emulator's REST interface
     */
    public StoredPlants(URI emulator, String project) {
        query = emulator.resolve("/v1/projects/" + project + "/databases/(default)/documents:runQuery");
    }

    /**
     * How many documents carry each name that starts with the prefix.
     *
     * @throws PlaceException if they could not be read completely
     */
    public Map<String, Integer> countByName(String prefix) throws PlaceException {
        Map<String, Integer> counts = new TreeMap<>();
        JsonNode last = null;
        int read;
        do {
            read = 0;
            for (JsonNode result : page(prefix, last)) {
                // An answer without a document only tells the time of the read.
                if (result.has("document")) {
                    last = result.get("document");
                    counts.merge(name(last), 1, Integer::sum);
                    read++;
                }
            }
        } while (read == PAGE_SIZE);
        return counts;
    }

    private JsonNode page(String prefix, @Nullable JsonNode after) throws PlaceException {
        try {
            HttpRequest request = HttpRequest.newBuilder(query)
                    .timeout(TIMEOUT)
                    // The emulator's owner, whom no security rule holds back.
                    .header("Authorization", "Bearer owner")
                    .POST(HttpRequest.BodyPublishers.ofString(body(prefix, after)))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new PlaceException("The emulator answered " + query + " with status " + response.statusCode()
                        + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new PlaceException("The plants could not be read back from the emulator at " + query + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlaceException("Interrupted while the plants were read back.", e);
        }
    }

    /** A {@code RunQueryRequest} of Firestore's REST reference, ordered so that the last document marks the next page. */
    private static String body(String prefix, @Nullable JsonNode after) {
        ObjectNode request = JSON.createObjectNode();
        ObjectNode structured = request.putObject("structuredQuery").put("limit", PAGE_SIZE);
        structured.putObject("select").putArray("fields").addObject().put("fieldPath", "name");
        structured.putArray("from").addObject().put("collectionId", "plants");
        ObjectNode both =
                structured.putObject("where").putObject("compositeFilter").put("op", "AND");
        ArrayNode filters = both.putArray("filters");
        filter(filters, "GREATER_THAN_OR_EQUAL", prefix);
        // The last code point of all: every name that starts with the prefix sorts before it.
        filter(filters, "LESS_THAN", prefix + Character.toString(Character.MAX_CODE_POINT));
        ArrayNode order = structured.putArray("orderBy");
        order.addObject().putObject("field").put("fieldPath", "name");
        order.addObject().putObject("field").put("fieldPath", "__name__");
        if (after != null) {
            ArrayNode values =
                    structured.putObject("startAt").put("before", false).putArray("values");
            values.addObject().put("stringValue", name(after));
            values.addObject().put("referenceValue", after.path("name").asText());
        }
        return request.toString();
    }

    private static void filter(ArrayNode filters, String operation, String value) {
        ObjectNode filter = filters.addObject().putObject("fieldFilter").put("op", operation);
        filter.putObject("field").put("fieldPath", "name");
        filter.putObject("value").put("stringValue", value);
    }

    private static String name(JsonNode document) {
        return document.path("fields").path("name").path("stringValue").asText();
    }
}
