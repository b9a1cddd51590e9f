package dev.databasetraffic.embedded;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.MapValue;
import com.google.firestore.v1.Value;
import com.google.protobuf.Timestamp;
import com.google.type.LatLng;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns values that callers send into those that are stored, or refuses them. */
final class Values {

    private static final int MAX_DEPTH = 20;
    private static final int MAX_NAME_BYTES = 1500;
    private static final int MAX_VALUE_BYTES = 1_048_487;
    private static final int MICRO = 1000;
    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;

    private Values() {}

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if a document can't have these fields */
    static Map<String, Value> checkFields(Map<String, Value> fields) {
        Map<String, Value> changed = fields;
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            String name = field.getKey();
            checkName(name);
            Value stored = new Place(name, Sizes.utf8(name), 0).check(field.getValue());
            changed = with(changed, fields, name, field.getValue(), stored);
        }
        return changed;
    }

    /** For values that stand for themselves, in queries and transforms. */
    static Value check(Value value) {
        return new Place("", 0, 0).check(value);
    }

    private static void checkName(String name) {
        if (name.isEmpty()) {
            throw Refusal.invalid("The property.name is the empty string.");
        }
        if (Ids.isReserved(name)) {
            throw Refusal.invalid("field name " + name + " is reserved");
        }
        if (Sizes.utf8(name) > MAX_NAME_BYTES) {
            throw Refusal.invalid("The property.name is longer than " + MAX_NAME_BYTES + " bytes.");
        }
    }

    /** Copies the fields only if one of them is not stored as it came. */
    private static Map<String, Value> with(
            Map<String, Value> changed, Map<String, Value> original, String name, Value came, Value stored) {
        if (came == stored) {
            return changed;
        }
        Map<String, Value> copy = changed == original ? new LinkedHashMap<>(original) : changed;
        copy.put(name, stored);
        return copy;
    }

    /**
     * Where in a document a value is.
     *
     * @param property the document's field that it belongs to
     * @param pathBytes length of the names that lead here, with a dot between two
     * @param depth how many maps and arrays surround it
     */
    private record Place(String property, int pathBytes, int depth) {

        Value check(Value value) {
            return switch (value.getValueTypeCase()) {
                case NULL_VALUE, BOOLEAN_VALUE, INTEGER_VALUE, DOUBLE_VALUE -> value;
                case STRING_VALUE -> checkSize(value, Sizes.utf8(value.getStringValue()));
                case BYTES_VALUE -> checkSize(value, value.getBytesValue().size());
                case TIMESTAMP_VALUE -> checkTimestamp(value);
                case GEO_POINT_VALUE -> checkGeoPoint(value);
                case REFERENCE_VALUE -> {
                    ResourcePath.document("Resource", value.getReferenceValue());
                    yield value;
                }
                case ARRAY_VALUE -> checkArray(value);
                case MAP_VALUE -> checkMap(value);
                default -> throw Refusal.invalid("Cannot convert firestore.v1.Value with type unset.");
            };
        }

        private Value checkSize(Value value, int bytes) {
            if (bytes > MAX_VALUE_BYTES) {
                throw Refusal.invalid(
                        "The value of property \"" + property + "\" is longer than " + MAX_VALUE_BYTES + " bytes.");
            }
            return value;
        }

        /** Microseconds are kept. */
        private static Value checkTimestamp(Value value) {
            Timestamp time = value.getTimestampValue();
            if (time.getSeconds() < FIRST_SECOND || time.getSeconds() > LAST_SECOND) {
                throw Refusal.invalid("Timestamp seconds exceeds limit for field.");
            }
            if (time.getNanos() < 0 || time.getNanos() > 999_999_999) {
                throw Refusal.invalid("Timestamp nanos exceeds limit for field.");
            }
            int beyond = time.getNanos() % MICRO;
            return beyond == 0
                    ? value
                    : Value.newBuilder()
                            .setTimestampValue(time.toBuilder().setNanos(time.getNanos() - beyond))
                            .build();
        }

        private static Value checkGeoPoint(Value value) {
            LatLng point = value.getGeoPointValue();
            checkDegrees("latitude", point.getLatitude(), 90);
            checkDegrees("longitude", point.getLongitude(), 180);
            return value;
        }

        private static void checkDegrees(String what, double degrees, double limit) {
            // Negated, so that NaN is outside.
            if (!(Math.abs(degrees) <= limit)) {
                throw Refusal.invalid("Geo point " + what + " '" + degrees + "' outside permitted range -" + limit
                        + " to " + limit + ".");
            }
        }

        private Value checkArray(Value value) {
            List<Value> values = value.getArrayValue().getValuesList();
            Place inside = new Place(property, pathBytes, deeper());
            List<Value> changed = values;
            for (int i = 0; i < values.size(); i++) {
                Value element = values.get(i);
                if (element.hasArrayValue()) {
                    throw Refusal.invalid("Cannot convert an array value in an array value.");
                }
                Value stored = inside.check(element);
                if (stored != element) {
                    changed = changed == values ? new ArrayList<>(values) : changed;
                    changed.set(i, stored);
                }
            }
            return changed == values
                    ? value
                    : Value.newBuilder()
                            .setArrayValue(ArrayValue.newBuilder().addAllValues(changed))
                            .build();
        }

        private Value checkMap(Value value) {
            Map<String, Value> fields = value.getMapValue().getFieldsMap();
            int depthInside = deeper();
            boolean vector = Vectors.isVector(value);
            Map<String, Value> changed = fields;
            for (Map.Entry<String, Value> field : fields.entrySet()) {
                String name = field.getKey();
                if (Ids.isReserved(name) && !vector) {
                    throw Refusal.invalid("field name '" + name + "' is reserved.");
                }
                int bytes = pathBytes + 1 + Sizes.utf8(name);
                if (name.isEmpty() || bytes > MAX_NAME_BYTES) {
                    throw invalidNestedEntity();
                }
                Value stored = new Place(property, bytes, depthInside).check(field.getValue());
                changed = with(changed, fields, name, field.getValue(), stored);
            }
            return changed == fields
                    ? value
                    : Value.newBuilder()
                            .setMapValue(MapValue.newBuilder().putAllFields(changed))
                            .build();
        }

        private int deeper() {
            if (depth == MAX_DEPTH) {
                throw invalidNestedEntity();
            }
            return depth + 1;
        }

        private RuntimeException invalidNestedEntity() {
            return Refusal.invalid("Property " + property + " contains an invalid nested entity.");
        }
    }
}
