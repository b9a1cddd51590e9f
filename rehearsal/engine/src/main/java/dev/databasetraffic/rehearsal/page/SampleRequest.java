package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.rehearsal.experiment.Operation;
import dev.databasetraffic.rehearsal.experiment.Template;
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
            members.forEach((name, value) ->
                    body.put(String.valueOf(name), value instanceof String text ? filled(text, key) : value));
        }
        return new SampleRequest(request.method(), filled(request.path(), key), body);
    }

    private static String filled(String text, String key) {
        return Template.fill(text, name -> name.equals(Operation.Request.KEY) ? key : "1");
    }
}
