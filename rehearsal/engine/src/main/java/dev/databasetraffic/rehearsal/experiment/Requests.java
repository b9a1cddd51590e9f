package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes requests of an experiment's templates. */
record Requests(URI service, Duration timeout) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NUMBER = "${" + Operation.Request.NUMBER + "}";

    /** @param number of the request, from 0 */
    HttpRequest of(Operation.Request template, String key, int number) {
        UnaryOperator<String> values = name -> name.equals(Operation.Request.KEY) ? key : String.valueOf(number);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (template.body() != null && !(template.body() instanceof String)) {
            headers.put("Content-Type", "application/json");
        }
        headers.putAll(template.headersOrEmpty());
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(Template.fill(template.path(), values)))
                .timeout(timeout)
                .method(template.method(), body(template.body(), values, number));
        headers.forEach((name, value) -> request.header(name, Template.fill(value, values)));
        return request.build();
    }

    private static BodyPublisher body(@Nullable Object template, UnaryOperator<String> values, int number) {
        if (template == null) {
            return BodyPublishers.noBody();
        }
        if (template instanceof String text) {
            return BodyPublishers.ofString(Template.fill(text, values));
        }
        try {
            return BodyPublishers.ofString(JSON.writeValueAsString(filled(template, values, number)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object filled(@Nullable Object value, UnaryOperator<String> values, int number) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> filled = new LinkedHashMap<>();
            map.forEach((name, member) -> filled.put(String.valueOf(name), filled(member, values, number)));
            return filled;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(element -> filled(element, values, number)).toList();
        }
        if (value instanceof String text) {
            return text.equals(NUMBER) ? Integer.valueOf(number) : Template.fill(text, values);
        }
        return value;
    }
}
