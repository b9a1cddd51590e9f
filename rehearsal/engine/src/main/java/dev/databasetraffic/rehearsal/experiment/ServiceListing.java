package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads back what the service itself lists, page by page. Needs no way to its database, and believes the service. */
public record ServiceListing(
        @JsonPropertyDescription("a path of the service, with ${page} as the query parameter that takes the next page's"
                + " token, e.g. /orders?pageToken=${page}")
        String path,

        @JsonPropertyDescription("where the answer has the list, a JSON pointer, e.g. /orders")
        String items,

        @JsonPropertyDescription("where an element of the list has its key, a JSON pointer, e.g. /reference")
        String key,

        @JsonPropertyDescription("where the answer has the next page's token, a JSON pointer, e.g. /nextPageToken")
        @Nullable
        String next) {

    private static final String PAGE = "page";
    private static final String POINTER = "(/[^/]+)+";
    private static final int MOST_PAGES = 1_000_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    public ServiceListing {
        InvalidMember.when(!path.startsWith("/") || !Operation.Request.isUri(path), "path");
        InvalidMember.when(
                !List.of(PAGE).containsAll(Template.variables(path))
                        || !Template.variables(firstPage(path)).isEmpty(),
                "path");
        InvalidMember.when(!items.isEmpty() && !items.matches(POINTER), "items");
        InvalidMember.when(!key.isEmpty() && !key.matches(POINTER), "key");
        InvalidMember.when(
                next != null
                        && (!next.matches(POINTER) || Template.variables(path).isEmpty()),
                "next");
    }

    /**
     * How often each key that starts with the prefix is listed.
     *
     * @throws PlaceException if the list could not be read completely
     */
    public Map<String, Integer> count(URI service, String prefix) throws PlaceException {
        HttpClient http = HttpClient.newHttpClient();
        Map<String, Integer> counts = new TreeMap<>();
        boolean anyKey = false;
        boolean anyItem = false;
        String token = "";
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            JsonNode page = page(http, service, token);
            JsonNode list = page.at(JsonPointer.compile(items));
            if (!list.isArray()) {
                throw new PlaceException(
                        "What is stored could not be read back: " + service + path + " has no list at " + items + ".");
            }
            for (JsonNode item : list) {
                JsonNode value = item.at(JsonPointer.compile(key));
                anyItem = true;
                anyKey |= !value.isMissingNode();
                if (value.asText().startsWith(prefix)) {
                    counts.merge(value.asText(), 1, Integer::sum);
                }
            }
            token = next == null ? "" : page.at(JsonPointer.compile(next)).asText("");
            if (token.isEmpty() && anyItem && !anyKey) {
                throw new PlaceException("What is stored could not be read back: nothing in the list of " + service
                        + path + " has anything at " + key + ".");
            }
            if (token.isEmpty()) {
                return counts;
            }
        }
        throw new PlaceException(
                "What is stored could not be read back: the list has more than " + MOST_PAGES + " pages.");
    }

    private JsonNode page(HttpClient http, URI service, String token) throws PlaceException {
        URI uri = service.resolve(token.isEmpty() ? firstPage(path) : nextPage(token));
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new PlaceException(
                        "What is stored could not be read back: " + uri + " answered " + response.statusCode() + ".");
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new PlaceException("What is stored could not be read back from " + uri + ": " + e + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlaceException("Interrupted while what is stored was read back.", e);
        }
    }

    private String nextPage(String token) {
        return Template.fill(path, name -> URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    /** Without the parameter that takes a token: a service need not take an empty one for none. */
    private static String firstPage(String path) {
        return path.replaceFirst("[^?&=]+=\\$\\{page}&?", "").replaceFirst("[?&]$", "");
    }
}
