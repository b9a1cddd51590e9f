package dev.databasetraffic.mesh.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Holds texts and numbers to their schema. */
final class Scalar {

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();
    private static final Pattern BASE64 = Pattern.compile("([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

    private Scalar() {}

    static void check(JsonNode schema, Element value) {
        JsonNode values = schema.path("enum");
        if (values.isArray() && !contains(values, value.node())) {
            value.refuse("is " + value.described(), oneOf(values));
        } else if (value.node().isTextual()) {
            checkText(schema, value);
        } else if (value.node().isNumber()) {
            checkNumber(schema, value);
        }
    }

    static String oneOf(JsonNode values) {
        List<String> names = new ArrayList<>();
        values.forEach(each -> names.add(each.asText()));
        names.remove("");
        return "one of " + String.join(", ", names);
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode each : values) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static void checkText(JsonNode schema, Element value) {
        String text = value.text();
        int length = text.codePointCount(0, text.length());
        int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        if (length > most) {
            value.refuse("is " + length + " characters long", "at most " + most);
        } else if (length < schema.path("minLength").asInt(0)) {
            value.refuse(
                    "is " + (length == 0 ? "empty" : "too short"),
                    "at least " + schema.path("minLength").asInt() + " characters");
        } else if (schema.has("pattern") && !matches(schema.get("pattern").asText(), text)) {
            value.refuse(
                    "is " + value.described(),
                    "a text of the form " + schema.get("pattern").asText());
        } else if (!isOfFormat(schema.path("format").asText(), text)) {
            value.refuse(
                    "is " + value.described(),
                    "a text of the format " + schema.path("format").asText());
        }
    }

    private static boolean matches(String pattern, String text) {
        return PATTERNS.computeIfAbsent(pattern, Pattern::compile).matcher(text).find();
    }

    private static boolean isOfFormat(String format, String text) {
        return switch (format) {
            case "date-time" -> isDateTime(text);
            case "byte" -> BASE64.matcher(text.replaceAll("[\r\n]", "")).matches();
            case "ipv4" -> Addresses.isAddress(text) && !text.contains(":");
            case "ipv6" -> Addresses.isAddress(text) && text.contains(":");
            default -> true;
        };
    }

    private static boolean isDateTime(String text) {
        try {
            return !OffsetDateTime.parse(text).toString().isEmpty();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static void checkNumber(JsonNode schema, Element value) {
        JsonNode number = value.node();
        double least = schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY);
        double most = schema.path("maximum").asDouble(Double.POSITIVE_INFINITY);
        if (value.number() < least || value.number() > most) {
            value.refuse(
                    "is " + number.asText(),
                    (Double.isInfinite(least)
                                    ? ""
                                    : "at least " + schema.get("minimum").asText())
                            + (Double.isInfinite(least) || Double.isInfinite(most) ? "" : " and ")
                            + (Double.isInfinite(most)
                                    ? ""
                                    : "at most " + schema.get("maximum").asText()));
        } else if (schema.path("format").asText().equals("int32") && !number.canConvertToInt()
                || schema.path("format").asText().equals("int64") && !number.canConvertToLong()) {
            value.refuse(
                    "is " + number.asText(),
                    "a number of " + schema.path("format").asText().substring(3) + " bits");
        }
    }
}
