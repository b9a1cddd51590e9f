package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.rehearsal.experiment.Operation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that a person may send from the page.
 *
 * @param path relative to the service
 * @param body the members of its JSON, each with an example whose type is kept
 */
public record SampleRequest(String method, String path, Map<String, Object> body) {

    /**
     * An operation's request, without its headers: they may hold what is nobody's business.
     *
     * @param key what stands where each request has its own
     */
    public static SampleRequest of(Operation.Request request, String key) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (request.body() instanceof Map<?, ?> members) {
            members.forEach((name, value) -> body.put(
                    String.valueOf(name), value instanceof String text ? Operation.Request.example(text, key) : value));
        }
        return new SampleRequest(request.method(), Operation.Request.example(request.path(), key), body);
    }
}
