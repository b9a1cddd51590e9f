package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request of an experiment as it is on the wire, but for what each has of its own. */
final class RequestForm {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7f" + Filled.KEY + Filled.NUMBER + "]+");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");

    private final Filled head;
    private final @Nullable Filled body;

    RequestForm(URI service, Operation.Request template) {
        StringBuilder lines = new StringBuilder();
        lines.append(template.method())
                .append(' ')
                .append(path(template.path()))
                .append(" HTTP/1.1\r\n");
        lines.append("Host: ").append(authority(service)).append("\r\n");
        headers(template)
                .forEach((name, value) -> lines.append(name)
                        .append(": ")
                        .append(Filled.mark(value))
                        .append("\r\n"));
        Object content = template.body();
        if (content == null && !WITHOUT_BODY.contains(template.method())) {
            lines.append("Content-Length: 0\r\n");
        }
        head = new Filled(lines.toString());
        body = content == null ? null : new Filled(content instanceof String text ? Filled.mark(text) : json(content));
    }

    /**
     * One of them.
     *
     * @param key of letters, digits and hyphens, so that it is the same wherever it stands
     * @param number from 0
     */
    byte[] of(String key, int number) {
        String start = head.with(key, number);
        if (body == null) {
            return (start + "\r\n").getBytes(StandardCharsets.UTF_8);
        }
        byte[] content = body.with(key, number).getBytes(StandardCharsets.UTF_8);
        byte[] before = (start + "Content-Length: " + content.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(before, before.length + content.length);
        System.arraycopy(content, 0, whole, before.length, content.length);
        return whole;
    }

    private static Map<String, String> headers(Operation.Request template) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", "rehearse");
        if (template.body() != null && !(template.body() instanceof String)) {
            headers.put("Content-Type", "application/json");
        }
        headers.putAll(template.headersOrEmpty());
        return headers;
    }

    /** What a server is told of a URI: no fragment, and nothing but ASCII. */
    private static String path(String template) {
        return NOT_ASCII
                .matcher(Filled.mark(template).replaceFirst("#.*", ""))
                .replaceAll(text -> URLEncoder.encode(text.group(), StandardCharsets.UTF_8));
    }

    private static String authority(URI service) {
        return service.getPort() < 0 ? service.getHost() : service.getHost() + ":" + service.getPort();
    }

    private static String json(Object template) {
        try {
            return JSON.writeValueAsString(Operation.Request.withTexts(template, RequestForm::marked));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object marked(String text) {
        String marked = Filled.mark(text);
        return Operation.Request.isNumber(text) ? new RawValue(marked) : marked;
    }
}
