package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.rehearsal.experiment.Operation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that a person may send from the page.
 *
 * @param path relative to the service
 * @param body the members of its JSON, each with an example whose type is kept; empty if it has none
 */
public record SampleRequest(String method, String path, Map<String, @Nullable Object> body) {

    /**
     * An operation's request, without its headers: they may hold what is nobody's business.
     *
     * @param key what stands where each request has its own
     */
    public static SampleRequest of(Operation.Request request, String key) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        if (request.body() instanceof Map<?, ?> members) {
            members.forEach((name, value) -> body.put(String.valueOf(name), example(value, key)));
        }
        return new SampleRequest(request.method(), Operation.Request.example(request.path(), key), body);
    }

    private static @Nullable Object example(@Nullable Object value, String key) {
        if (value instanceof Map<?, ?> members) {
            Map<String, @Nullable Object> filled = new LinkedHashMap<>();
            members.forEach((name, member) -> filled.put(String.valueOf(name), example(member, key)));
            return filled;
        }
        if (value instanceof Collection<?> elements) {
            return elements.stream().map(element -> example(element, key)).toList();
        }
        if (value instanceof String text) {
            return Operation.Request.isNumber(text) ? (Object) 1 : Operation.Request.example(text, key);
        }
        return value;
    }
}
