package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** What callers are told who are not served: made once, as it costs those who are. */
final class ReadyAnswer {

    private final Problem problem;
    private final Map<String, String> headers = new LinkedHashMap<>(SecurityHeadersFilter.HEADERS);
    private final byte[] body;

    ReadyAnswer(Problem problem, HttpProperties properties, JsonMapper json) {
        this.problem = problem;
        body = json.writeValueAsBytes(ProblemBody.of(problem, problem.status().value(), List.of()));
        headers.put(HttpHeaders.RETRY_AFTER, properties.retryAfterSeconds());
        headers.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    }

    void send(HttpServletResponse response) throws IOException {
        response.setStatus(problem.status().value());
        headers.forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The whole of it, for a connection that is closed after it. */
    byte[] last() {
        return bytes("Connection: close\r\n");
    }

    /** The whole of it, for a connection on which more requests may follow. */
    byte[] another() {
        return bytes("");
    }

    private byte[] bytes(String lastHeader) {
        HttpStatus status = problem.status();
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status.value() + " " + status.getReasonPhrase() + "\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + body.length + "\r\n" + lastHeader + "\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
