package dev.databasetraffic.rehearsal.plants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Those that the service lists. Needs no way to its database, and believes the service. */
public final class ListedPlants implements StoredPlants {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI service;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param service where the service answers */
    public ListedPlants(URI service) {
        this.service = service;
    }

    @Override
    public Map<String, Integer> count(String prefix) throws PlaceException {
        Map<String, Integer> counts = new TreeMap<>();
        String token = "";
        do {
            JsonNode page = page(token);
            for (JsonNode plant : page.path("plants")) {
                String name = plant.path("name").asText();
                if (name.startsWith(prefix)) {
                    counts.merge(name, 1, Integer::sum);
                }
            }
            token = page.path("nextPageToken").asText("");
        } while (!token.isEmpty());
        return counts;
    }

    private JsonNode page(String token) throws PlaceException {
        URI uri = service.resolve(
                "/plants" + (token.isEmpty() ? "" : "?pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8)));
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new PlaceException(
                        "The plants could not be read back: " + uri + " answered " + response.statusCode() + ".");
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new PlaceException("The plants could not be read back from " + uri + ": " + e + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlaceException("Interrupted while the plants were read back.", e);
        }
    }
}
