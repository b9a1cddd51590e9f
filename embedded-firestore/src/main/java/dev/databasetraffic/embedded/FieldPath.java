package dev.databasetraffic.embedded;

import com.google.firestore.v1.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The names that lead to a field from its document through nested maps. */
record FieldPath(List<String> segments) implements Comparable<FieldPath> {

    /** Stands for the document's name where a field's path is asked for. */
    static final FieldPath NAME = new FieldPath(List.of("__name__"));

    private static final int MAX_BYTES = 1500;
    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z_][a-zA-Z_0-9]*");
    private static final Pattern SEGMENT =
            Pattern.compile("\\G(?:([a-zA-Z_][a-zA-Z_0-9]*)|`((?:[^`\\\\]|\\\\.)+)`)(\\.(?!$)|$)", Pattern.DOTALL);

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if it is none, or if a name is reserved */
    static FieldPath parse(String path) {
        if (path.isEmpty()) {
            throw StatusExceptions.invalid("Invalid empty property path string.");
        }
        if (Sizes.utf8(path) > MAX_BYTES) {
            throw StatusExceptions.invalid("property path is longer than " + MAX_BYTES + " bytes.");
        }
        List<String> segments = new ArrayList<>();
        Matcher matcher = SEGMENT.matcher(path);
        int end = 0;
        while (end < path.length() && matcher.find()) {
            String quoted = matcher.group(2);
            segments.add(quoted == null ? matcher.group(1) : quoted.replaceAll("\\\\(.)", "$1"));
            end = matcher.end();
        }
        if (end < path.length()) {
            throw StatusExceptions.invalid(
                    "Invalid property path \"" + path + "\". Unquoted property paths must match regex (" + PLAIN
                            + "), and quoted property paths must match regex (`(?:[^`\\\\]|(?:\\\\.))+`)");
        }
        FieldPath parsed = new FieldPath(List.copyOf(segments));
        if (!parsed.equals(NAME)) {
            parsed.segments.forEach(FieldPath::checkNotReserved);
        }
        return parsed;
    }

    static List<FieldPath> parseAll(List<String> paths) {
        return paths.stream().map(FieldPath::parse).toList();
    }

    boolean isName() {
        return equals(NAME);
    }

    String first() {
        return segments.get(0);
    }

    boolean isLeaf() {
        return segments.size() == 1;
    }

    FieldPath rest() {
        return new FieldPath(segments.subList(1, segments.size()));
    }

    boolean startsWith(FieldPath prefix) {
        return segments.size() >= prefix.segments.size()
                && segments.subList(0, prefix.segments.size()).equals(prefix.segments);
    }

    @Nullable
    Value in(Map<String, Value> fields) {
        Value value = null;
        Map<String, Value> map = fields;
        for (String segment : segments) {
            value = map.get(segment);
            if (value == null) {
                return null;
            }
            map = Fields.inside(value);
        }
        return value;
    }

    @Override
    public int compareTo(FieldPath other) {
        return Ids.BY_CODE_POINT.compare(String.join("\0", segments), String.join("\0", other.segments));
    }

    @Override
    public String toString() {
        return segments.stream()
                .map(segment -> PLAIN.matcher(segment).matches() ? segment : "`" + segment + "`")
                .collect(Collectors.joining("."));
    }

    private static void checkNotReserved(String segment) {
        if (Ids.isReserved(segment)) {
            throw StatusExceptions.invalid("Invalid reserved name in field path " + segment);
        }
    }
}
