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

/** Turns values that callers send into those that are stored, or refuses them. Copies only what changes. */
final class Values {

    private static final int MICRO = 1000;
    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final Values STORED = new Values(true);
    private static final Values ASKED_FOR = new Values(false);

    private final boolean stored;

    private Values(boolean stored) {
        this.stored = stored;
    }

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if a document can't have these fields */
    static Map<String, Value> checkFields(Map<String, Value> fields) {
        fields.keySet().stream().filter(Ids::isReserved).forEach(name -> {
            throw StatusExceptions.invalid("field name " + name + " is reserved");
        });
        return STORED.checkAll(fields);
    }

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if a query or a transform can't have this value */
    static Value checkAskedFor(Value value) {
        return ASKED_FOR.check(value);
    }

    private Value check(Value value) {
        return switch (value.getValueTypeCase()) {
            case NULL_VALUE, BOOLEAN_VALUE, INTEGER_VALUE, DOUBLE_VALUE, STRING_VALUE, BYTES_VALUE -> value;
            case TIMESTAMP_VALUE -> checkTimestamp(value);
            case GEO_POINT_VALUE -> checkGeoPoint(value);
            case REFERENCE_VALUE -> {
                ResourcePath.document("Resource", value.getReferenceValue());
                yield value;
            }
            case ARRAY_VALUE -> checkArray(value);
            case MAP_VALUE -> checkMap(value);
            default -> throw StatusExceptions.invalid("Cannot convert firestore.v1.Value with type unset.");
        };
    }

    /** Microseconds are kept. */
    private static Value checkTimestamp(Value value) {
        Timestamp time = value.getTimestampValue();
        if (time.getSeconds() < FIRST_SECOND || time.getSeconds() > LAST_SECOND) {
            throw StatusExceptions.invalid("Timestamp seconds exceeds limit for field.");
        }
        if (time.getNanos() < 0 || time.getNanos() > 999_999_999) {
            throw StatusExceptions.invalid("Timestamp nanos exceeds limit for field.");
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
            throw StatusExceptions.invalid("Geo point " + what + " '" + degrees + "' outside permitted range -" + limit
                    + " to " + limit + ".");
        }
    }

    private Value checkArray(Value value) {
        List<Value> values = value.getArrayValue().getValuesList();
        List<Value> changed = values;
        for (int i = 0; i < values.size(); i++) {
            if (stored) {
                checkElement(values.get(i));
            }
            Value checked = check(values.get(i));
            if (checked != values.get(i)) {
                changed = changed == values ? new ArrayList<>(values) : changed;
                changed.set(i, checked);
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
        if (Vectors.isVector(value)) {
            Vectors.check(value);
            return value;
        }
        fields.keySet().stream().filter(Ids::isReserved).forEach(name -> {
            throw StatusExceptions.invalid("field name '" + name + "' is reserved.");
        });
        Map<String, Value> checked = checkAll(fields);
        return checked == fields
                ? value
                : Value.newBuilder()
                        .setMapValue(MapValue.newBuilder().putAllFields(checked))
                        .build();
    }

    private static void checkElement(Value element) {
        if (element.hasArrayValue()) {
            throw StatusExceptions.invalid("Cannot convert an array value in an array value.");
        }
        if (Vectors.isVector(element)) {
            throw StatusExceptions.invalid("Cannot convert a vector value in an array value.");
        }
    }

    private Map<String, Value> checkAll(Map<String, Value> fields) {
        Map<String, Value> changed = fields;
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            Value checked = check(field.getValue());
            if (checked != field.getValue()) {
                changed = changed == fields ? new LinkedHashMap<>(fields) : changed;
                changed.put(field.getKey(), checked);
            }
        }
        return changed;
    }
}
