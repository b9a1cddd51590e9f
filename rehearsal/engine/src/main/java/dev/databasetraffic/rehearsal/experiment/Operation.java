package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks of the service, and how the answers are read. Each request has a key of its own, from which it can be
 * found in the database; a repetition has the same.
 *
 * @param kind where in its body a failure says what it is
 */
public record Operation(
        @JsonPropertyDescription("what reports call it, e.g. order") @Nullable
        String name,

        @JsonPropertyDescription("how often it is asked beside the others, a whole number from 1 to 1000, e.g. 9")
        @Nullable
        Integer weight,

        @JsonPropertyDescription("the request, e.g. {method: POST, path: /orders, body: {reference: \"${key}\"}}")
        Request request,

        @JsonPropertyDescription("which answers say that it is done, e.g. {status: [200, 201]}")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<AnswerPattern> acknowledged,

        @JsonPropertyDescription("which answers prove that nothing was written, e.g. {status: 503, body: {outcome:"
                + " not-written}}; left out, no answer does")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Nullable
        List<AnswerPattern> notWritten,

        @JsonPropertyDescription("which answers refuse the request itself, and write nothing, e.g. {status: 4xx}")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Nullable
        List<AnswerPattern> refused,

        @JsonPropertyDescription(
                "which answers say that the outcome is unknown, e.g. {status: 504}; left out, all others do")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Nullable
        List<AnswerPattern> unknown,

        @JsonPropertyDescription("where a failure's body says what it is, a JSON pointer, e.g. /type") @Nullable
        String kind,

        @JsonPropertyDescription("true if a request may be repeated with its key, and is done once all the same")
        @Nullable
        Boolean repeatable,

        @JsonPropertyDescription("true if it changes nothing, so that there is nothing to be found in the database")
        @Nullable
        Boolean reads) {

    private static final int MAX_WEIGHT = 1000;

    public Operation {
        InvalidMember.when(name != null && !name.matches("[\\p{Alnum} .-]{1,63}"), "name");
        InvalidMember.outside("weight", weight == null ? 1 : weight, 1, MAX_WEIGHT);
        InvalidMember.when(acknowledged.isEmpty(), "acknowledged");
        InvalidMember.when(kind != null && !kind.matches("(/[^/]+)+"), "kind");
        InvalidMember.when(!Boolean.TRUE.equals(reads) && !request.names(Request.KEY), "request");
        InvalidMember.when(Boolean.TRUE.equals(reads) && (repeatable != null || notWritten != null), "reads");
    }

    public int weightOrOne() {
        return weight == null ? 1 : weight;
    }

    public boolean isRead() {
        return Boolean.TRUE.equals(reads);
    }

    public boolean isRepeatable() {
        return Boolean.TRUE.equals(repeatable);
    }

    /** What reports call it. */
    public String title() {
        return name == null ? request.method() + " " + request.path() : name;
    }

    /** Where failures say what they are, if they do. */
    @Nullable
    JsonPointer kindPointer() {
        return kind == null ? null : JsonPointer.compile(kind);
    }

    /**
     * What an answer means; absent if no pattern has it, so that nobody can tell.
     *
     * @param body asked for if a pattern is about it
     */
    @Nullable
    Outcome read(int status, Supplier<JsonNode> body) {
        if (matches(acknowledged, status, body)) {
            return Outcome.ACKNOWLEDGED;
        }
        if (matches(notWritten, status, body)) {
            return Outcome.NOT_WRITTEN;
        }
        if (matches(refused, status, body)) {
            return Outcome.REFUSED;
        }
        return matches(unknown, status, body) ? Outcome.AMBIGUOUS : null;
    }

    private static boolean matches(@Nullable List<AnswerPattern> patterns, int status, Supplier<JsonNode> body) {
        return patterns != null && patterns.stream().anyMatch(pattern -> pattern.matches(status, body));
    }

    /**
     * A request. {@code ${key}} and {@code ${n}} may be in path, headers and body; a text in a JSON body that is <code>
     * ${n}</code> and nothing else becomes a number.
     *
     * @param body a text, sent as it is, or anything else, sent as JSON
     */
    public record Request(
            @JsonPropertyDescription("GET, POST, PUT, PATCH or DELETE")
            String method,

            @JsonPropertyDescription(
                    "a path that begins with /, with no variables but ${key} and ${n}, e.g. /orders/${key}")
            String path,

            @JsonPropertyDescription("headers that HTTP clients may set, with no variables but ${key} and ${n}, e.g."
                    + " {Idempotency-Key: \"${key}\"}")
            @Nullable
            Map<String, String> headers,

            @JsonPropertyDescription("a body with no variables but ${key} and ${n}, e.g. {reference: \"${key}\"}")
            @Nullable
            Object body) {

        static final String KEY = "key";
        static final String NUMBER = "n";

        private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

        public Request {
            InvalidMember.when(!METHODS.contains(method), "method");
            InvalidMember.when(!path.startsWith("/") || !isUri(path) || !known(path), "path");
            headers = headers == null ? null : Map.copyOf(headers);
            InvalidMember.when(headers != null && !headers.entrySet().stream().allMatch(Request::isHeader), "headers");
            InvalidMember.when(!texts(body).allMatch(Request::known), "body");
        }

        boolean names(String variable) {
            return Stream.of(Stream.of(path), headersOrEmpty().values().stream(), texts(body))
                    .flatMap(texts -> texts)
                    .anyMatch(text -> Template.variables(text).contains(variable));
        }

        public Map<String, String> headersOrEmpty() {
            return headers == null ? Map.of() : headers;
        }

        /**
         * A text of the template as one request has it.
         *
         * @param key what stands where each request has its own; the number is 1
         */
        public static String example(String text, String key) {
            return Template.fill(text, name -> name.equals(KEY) ? key : "1");
        }

        /**
         * A body, or a part of it, with something in the place of each of its texts.
         *
         * @param replaced what that is
         */
        public static @Nullable Object withTexts(@Nullable Object value, Function<String, Object> replaced) {
            if (value instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                map.forEach((name, member) -> members.put(String.valueOf(name), withTexts(member, replaced)));
                return members;
            }
            if (value instanceof Collection<?> list) {
                return list.stream()
                        .map(element -> withTexts(element, replaced))
                        .toList();
            }
            return value instanceof String text ? replaced.apply(text) : value;
        }

        /** Whether a text of a JSON body becomes a number. */
        public static boolean isNumber(String text) {
            return text.equals("${" + NUMBER + "}");
        }

        private static boolean known(String text) {
            return Set.of(KEY, NUMBER).containsAll(Template.variables(text));
        }

        /** Whether it is one once its variables have values. */
        static boolean isUri(String path) {
            try {
                URI.create("http://host" + Template.fill(path, name -> "x"));
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private static boolean isHeader(Map.Entry<String, String> header) {
            try {
                HttpRequest.newBuilder().header(header.getKey(), Template.fill(header.getValue(), name -> "x"));
                return known(header.getValue());
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private static Stream<String> texts(@Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                return map.values().stream().flatMap(Request::texts);
            }
            if (value instanceof Collection<?> list) {
                return list.stream().flatMap(Request::texts);
            }
            return value instanceof String text ? Stream.of(text) : Stream.empty();
        }
    }
}
