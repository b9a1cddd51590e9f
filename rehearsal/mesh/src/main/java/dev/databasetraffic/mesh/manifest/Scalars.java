package dev.databasetraffic.mesh.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What unquoted YAML text means to kubectl: YAML 1.1 as go-yaml 2 reads it, where {@code on} is true and {@code 0777} is
 * 511, while a date and {@code 12:30:45} stay text.
 */
final class Scalars {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Map<String, JsonNode> WORDS = Map.ofEntries(
            word("", NODES.nullNode()),
            word("~", NODES.nullNode()),
            word("null", NODES.nullNode()),
            word("y", NODES.booleanNode(true)),
            word("yes", NODES.booleanNode(true)),
            word("true", NODES.booleanNode(true)),
            word("on", NODES.booleanNode(true)),
            word("n", NODES.booleanNode(false)),
            word("no", NODES.booleanNode(false)),
            word("false", NODES.booleanNode(false)),
            word("off", NODES.booleanNode(false)));

    private static final Pattern WORD = Pattern.compile("[a-z]+|[A-Z][a-z]*|[A-Z]+|~|");
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NO_JSON_NUMBER = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    /** Of those within 64 bits: a sign, 0b and 64 digits. What a longer one is takes the square of its length to find out. */
    private static final int LONGEST_INTEGER = 67;

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private Scalars() {}

    private static Map.Entry<String, JsonNode> word(String text, JsonNode value) {
        return Map.entry(text, value);
    }

    /** The value of unquoted text. */
    static JsonNode plain(String text) {
        if (text.length() <= 5 && WORD.matcher(text).matches()) {
            JsonNode word = WORDS.get(text.toLowerCase(Locale.ROOT));
            if (word != null) {
                return word;
            }
        }
        JsonNode number = text.isEmpty() || "+-.0123456789".indexOf(text.charAt(0)) < 0 ? null : number(text);
        return number == null ? NODES.textNode(text) : number;
    }

    /** Whether text is a number that no JSON can hold, such as {@code .inf}. */
    static boolean isNoJsonNumber(String text) {
        return NO_JSON_NUMBER.matcher(text).matches();
    }

    private static @Nullable JsonNode number(String text) {
        String digits = text.charAt(0) == '.' ? text : text.replace("_", "");
        Matcher integer = INTEGER.matcher(digits);
        if (digits.length() <= LONGEST_INTEGER && integer.matches()) {
            BigInteger value = integer(integer);
            if (value.compareTo(LEAST) >= 0 && value.compareTo(MOST) <= 0) {
                return whole(value);
            }
        }
        if (DECIMAL.matcher(digits).matches()) {
            double value = Double.parseDouble(digits);
            return Double.isInfinite(value) ? null : number(value);
        }
        return null;
    }

    private static BigInteger integer(Matcher parts) {
        int[] radix = {16, 2, 8, 10};
        for (int i = 0; i < radix.length; i++) {
            String digits = parts.group(i + 2);
            if (digits != null) {
                return new BigInteger(("-".equals(parts.group(1)) ? "-" : "") + digits, radix[i]);
            }
        }
        throw new IllegalStateException(parts.pattern() + " without digits");
    }

    static JsonNode whole(BigInteger value) {
        return value.bitLength() < Integer.SIZE
                ? NODES.numberNode(value.intValue())
                : value.bitLength() < Long.SIZE ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
    }

    /** Without a fraction, it is a whole number to the API server. */
    static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? whole(BigInteger.valueOf((long) value))
                : NODES.numberNode(value);
    }
}
