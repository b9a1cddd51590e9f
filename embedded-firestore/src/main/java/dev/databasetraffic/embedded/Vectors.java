package dev.databasetraffic.embedded;

import com.google.firestore.v1.Value;
import java.util.List;
import java.util.Map;

/** Vectors are maps of a reserved form. */
final class Vectors {

    private static final String TYPE = "__type__";
    private static final String VECTOR = "__vector__";
    private static final String VALUE = "value";
    private static final int MEMBERS = 2;

    private Vectors() {}

    static boolean isVector(Value map) {
        Map<String, Value> fields = map.getMapValue().getFieldsMap();
        Value type = fields.get(TYPE);
        return type != null && type.getStringValue().equals(VECTOR);
    }

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if it is none but for its type */
    static void check(Value vector) {
        Value value = vector.getMapValue().getFieldsOrDefault(VALUE, Value.getDefaultInstance());
        if (!value.hasArrayValue()) {
            throw StatusExceptions.invalid("Vector Value type must be an array.");
        }
        if (elements(vector).isEmpty()) {
            throw StatusExceptions.invalid("Cannot have a zero length vector.");
        }
        if (!elements(vector).stream().allMatch(Value::hasDoubleValue)) {
            throw StatusExceptions.invalid("Vector must only contain values of type 'double'");
        }
        if (vector.getMapValue().getFieldsCount() > MEMBERS) {
            throw StatusExceptions.invalid("Vector Value map has extraneous entries.");
        }
    }

    static List<Value> elements(Value vector) {
        return vector.getMapValue()
                .getFieldsOrDefault(VALUE, Value.getDefaultInstance())
                .getArrayValue()
                .getValuesList();
    }
}
