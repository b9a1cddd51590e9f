package dev.databasetraffic.rehearsal.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.rehearsal.experiment.Operation;
import java.net.URI;

/** A request as a command to try it with. */
final class Curl {

    private Curl() {}

    static String of(Operation.Request request, URI service, String key) {
        StringBuilder command = new StringBuilder("curl -i");
        if (!request.method().equals("GET")) {
            command.append(" -X ").append(request.method());
        }
        Object body = request.body();
        if (body != null && !(body instanceof String)) {
            command.append(" -H 'Content-Type: application/json'");
        }
        request.headersOrEmpty()
                .forEach((name, value) ->
                        command.append(" -H ").append(quoted(name + ": " + Operation.Request.example(value, key))));
        if (body != null) {
            command.append(" -d ")
                    .append(quoted(Operation.Request.example(body instanceof String text ? text : json(body), key)));
        }
        return command.append(' ')
                .append(quoted(service.resolve(Operation.Request.example(request.path(), key))
                        .toString()))
                .toString();
    }

    private static String json(Object body) {
        try {
            return new ObjectMapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read from YAML has a JSON form", e);
        }
    }

    private static String quoted(String text) {
        return text.matches("[\\w.:/-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
