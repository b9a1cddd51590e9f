package dev.databasetraffic.embedded;

import com.google.common.base.Utf8;
import com.google.firestore.v1.Value;
import java.util.Map;

/**
 * What Firestore counts, in bytes, as its documentation has it; of a vector, as the genuine emulator does, the numbers alone.
 *
 * @see <a href="https://cloud.google.com/firestore/docs/storage-size">Storage size calculations</a>
 */
final class Sizes {

    private static final int PATH_OVERHEAD = 16;
    private static final int DOCUMENT_OVERHEAD = 32;
    private static final int NUMBER = 8;

    private Sizes() {}

    /** A lone surrogate has no UTF-8; it counts as the replacement that protobuf makes of it. */
    static int utf8(String text) {
        try {
            return Utf8.encodedLength(text);
        } catch (IllegalArgumentException e) {
            return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        }
    }

    static long document(ResourcePath path, Map<String, Value> fields) {
        return path(path) + fields(fields) + DOCUMENT_OVERHEAD;
    }

    /** Of a string or of bytes. */
    static int content(Value value) {
        return value.hasStringValue()
                ? utf8(value.getStringValue())
                : value.getBytesValue().size();
    }

    static long value(Value value) {
        return switch (value.getValueTypeCase()) {
            case STRING_VALUE -> content(value) + 1L;
            case BYTES_VALUE -> content(value);
            case REFERENCE_VALUE -> path(ResourcePath.document("Resource", value.getReferenceValue()));
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .mapToLong(Sizes::value)
                        .sum();
            case MAP_VALUE ->
                Vectors.isVector(value)
                        ? (long) NUMBER * Vectors.elements(value).size()
                        : fields(value.getMapValue().getFieldsMap());
            case GEO_POINT_VALUE -> 2 * NUMBER;
            case INTEGER_VALUE, DOUBLE_VALUE, TIMESTAMP_VALUE -> NUMBER;
            default -> 1;
        };
    }

    private static long fields(Map<String, Value> fields) {
        long size = 0;
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            size += utf8(field.getKey()) + 1L + value(field.getValue());
        }
        return size;
    }

    private static long path(ResourcePath path) {
        return path.segments().stream().mapToLong(id -> utf8(id) + 1L).sum() + PATH_OVERHEAD;
    }
}
