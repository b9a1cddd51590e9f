package dev.databasetraffic.databases.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.databases.Counts;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.Source;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Counts by a GET request that is answered in JSON, with an object of counts by key, or with an array of keys, one for
 * each time that it is stored, or of objects with the members {@code key} and {@code count}.
 */
public record HttpReadBack(
        @JsonPropertyDescription(
                "a path of the database, or a URL, with ${prefix} in it, e.g. /orders?prefix=${prefix}")
        String path)
        implements ReadBack {

    private static final String VARIABLE = "${prefix}";
    private static final int SHOWN = 200;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void check() throws DatabaseException {
        if (!path.contains(VARIABLE) || !path.matches("(?s)/.*|https?://.*")) {
            throw new DatabaseException("\"" + path + "\" must be a path that begins with / or a URL, and have "
                    + VARIABLE + " in it, as in {path: \"/orders?prefix=" + VARIABLE + "\"}.");
        }
        uri("http://host", "prefix");
    }

    @Override
    public Map<String, Integer> count(Source source, String prefix) throws DatabaseException, InterruptedException {
        URI uri = uri("http://" + source.address(), prefix);
        HttpResponse<String> response = get(uri, source);
        String body = response.body();
        if (response.statusCode() != 200) {
            throw new DatabaseException(
                    uri + " was answered with status " + response.statusCode() + ", not with counts: " + shown(body));
        }
        try {
            return counts(uri, JSON.readTree(body), prefix);
        } catch (JsonProcessingException e) {
            throw new DatabaseException(uri + " was answered with what is not JSON: " + shown(body), e);
        }
    }

    private URI uri(String base, String prefix) throws DatabaseException {
        String filled = path.replace(
                VARIABLE, URLEncoder.encode(prefix, StandardCharsets.UTF_8).replace("+", "%20"));
        try {
            return URI.create(filled.startsWith("/") ? base + filled : filled);
        } catch (IllegalArgumentException e) {
            throw new DatabaseException("\"" + path + "\" is not the path of a URL: " + e.getMessage(), e);
        }
    }

    /** With a limit on the whole: the client's own timeout ends with the answer's first line. */
    private static HttpResponse<String> get(URI uri, Source source) throws DatabaseException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
        Login login = source.login();
        if (login != null) {
            byte[] pair = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        CompletableFuture<HttpResponse<String>> answer =
                HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            return answer.get(source.atMost().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new DatabaseException(uri + " was not answered: " + e.getCause() + ".", e);
        } catch (TimeoutException e) {
            throw new DatabaseException(
                    uri + " was not answered within " + source.atMost().toSeconds() + " s.", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static Map<String, Integer> counts(URI uri, JsonNode answer, String prefix) throws DatabaseException {
        Counts counts = new Counts(uri.toString(), prefix);
        if (answer.isObject()) {
            for (Map.Entry<String, JsonNode> member : answer.properties()) {
                counts.add(member.getKey(), member.getValue().asText());
            }
        } else if (answer.isArray()) {
            for (JsonNode element : answer) {
                add(element, counts);
            }
        } else {
            throw new DatabaseException(
                    uri + " was answered with neither an object nor an array: " + shown(answer.toString()));
        }
        return counts.all();
    }

    private static void add(JsonNode element, Counts counts) throws DatabaseException {
        if (element.isTextual()) {
            counts.add(element.textValue(), 1);
        } else {
            counts.add(element.path("key").textValue(), element.path("count").asText());
        }
    }

    private static String shown(String body) {
        return body.length() > SHOWN ? body.substring(0, SHOWN) + "…" : body;
    }
}
