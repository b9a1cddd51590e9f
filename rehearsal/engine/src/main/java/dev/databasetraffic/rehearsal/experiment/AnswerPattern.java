package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Some of the answers that a service may give, by their status and by members of a JSON body. */
public record AnswerPattern(
        @JsonPropertyDescription("a status or several, each from 100 to 599 or as 4xx, e.g. [200, 201]")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<Object> status,

        @JsonPropertyDescription("members of a JSON body, e.g. {outcome: not-written}") @Nullable
        Map<String, Object> body) {

    public AnswerPattern {
        InvalidMember.when(status.isEmpty() || !status.stream().allMatch(AnswerPattern::isStatus), "status");
        status = List.copyOf(status);
        body = body == null ? null : Map.copyOf(body);
    }

    boolean matches(int answered, Supplier<JsonNode> document) {
        return status.stream().anyMatch(each -> covers(each, answered))
                && (body == null || holds(document.get(), body));
    }

    private static boolean isStatus(Object status) {
        return String.valueOf(status).matches("[1-5](\\d\\d|xx)");
    }

    private static boolean covers(Object status, int answered) {
        String pattern = String.valueOf(status);
        return pattern.endsWith("xx")
                ? pattern.charAt(0) - '0' == answered / 100
                : pattern.equals(String.valueOf(answered));
    }

    private static boolean holds(JsonNode document, Map<String, Object> members) {
        return members.entrySet().stream()
                .allMatch(member -> document.path(member.getKey()).asText().equals(String.valueOf(member.getValue())));
    }
}
