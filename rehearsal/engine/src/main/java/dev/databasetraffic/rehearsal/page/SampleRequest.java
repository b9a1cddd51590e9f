package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.rehearsal.experiment.Operation;
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
            members.forEach((name, value) ->
                    body.put(String.valueOf(name), Operation.Request.withTexts(value, text -> example(text, key))));
        }
        return new SampleRequest(request.method(), Operation.Request.example(request.path(), key), body);
    }

    private static Object example(String text, String key) {
        return Operation.Request.isNumber(text) ? 1 : Operation.Request.example(text, key);
    }
}
