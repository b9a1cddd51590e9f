package dev.databasetraffic.embedded;

import com.google.firestore.v1.Value;
import java.util.Map;

/** How much of the heap a document takes, in bytes: an estimate, made from what a 64-bit JVM takes for each object. */
final class Footprint {

    private static final int DOCUMENT = 360;
    private static final int ID = 64;
    private static final int FIELD = 112;
    private static final int VALUE = 32;
    private static final int CONTENT = 56;
    private static final int CONTAINER = 160;
    private static final int LAST_OF_LATIN_1 = 0xFF;

    private Footprint() {}

    static long of(ResourcePath path, Map<String, Value> fields) {
        long bytes = DOCUMENT + fields(fields);
        for (String id : path.segments()) {
            bytes += ID + text(id);
        }
        return bytes;
    }

    /** A string has a byte for each character, or two for each where one is beyond Latin-1. */
    private static long text(String text) {
        return text.chars().allMatch(character -> character <= LAST_OF_LATIN_1) ? text.length() : 2L * text.length();
    }

    private static long fields(Map<String, Value> fields) {
        long bytes = 0;
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            bytes += FIELD + text(field.getKey()) + value(field.getValue());
        }
        return bytes;
    }

    private static long value(Value value) {
        return VALUE
                + switch (value.getValueTypeCase()) {
                    case STRING_VALUE -> CONTENT + text(value.getStringValue());
                    case REFERENCE_VALUE -> CONTENT + text(value.getReferenceValue());
                    case BYTES_VALUE -> CONTENT + value.getBytesValue().size();
                    case MAP_VALUE -> CONTAINER + fields(value.getMapValue().getFieldsMap());
                    case ARRAY_VALUE ->
                        CONTAINER
                                + value.getArrayValue().getValuesList().stream()
                                        .mapToLong(Footprint::value)
                                        .sum();
                    case TIMESTAMP_VALUE, GEO_POINT_VALUE -> CONTENT;
                    default -> 24;
                };
    }
}
