package dev.databasetraffic.embedded;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.DocumentTransform.FieldTransform;
import com.google.firestore.v1.DocumentTransform.FieldTransform.ServerValue;
import com.google.firestore.v1.Value;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A change of one field that depends on what is stored. */
record Transform(FieldPath path, FieldTransform transform) {

    /** What a caller is told of a change to an array. */
    private static final Value NOTHING =
            Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();

    /** @param value what is stored then; {@code result} is what the caller is told */
    record Outcome(Value value, Value result) {

        Outcome(Value value) {
            this(value, value);
        }
    }

    static List<Transform> parseAll(List<FieldTransform> transforms) {
        List<Transform> parsed = new ArrayList<>();
        for (FieldTransform transform : transforms) {
            Transform next = parse(transform);
            for (Transform other : parsed) {
                checkNotNested(next.path, other.path);
                checkNotNested(other.path, next.path);
            }
            parsed.add(next);
        }
        return parsed;
    }

    Outcome apply(Map<String, Value> fields, Timestamp requestTime) {
        Value stored = path.in(fields);
        return switch (transform.getTransformTypeCase()) {
            case INCREMENT -> new Outcome(sum(stored, transform.getIncrement()));
            case MAXIMUM -> new Outcome(extreme(stored, transform.getMaximum(), 1));
            case MINIMUM -> new Outcome(extreme(stored, transform.getMinimum(), -1));
            case APPEND_MISSING_ELEMENTS ->
                new Outcome(union(elements(stored), transform.getAppendMissingElements()), NOTHING);
            case REMOVE_ALL_FROM_ARRAY ->
                new Outcome(difference(elements(stored), transform.getRemoveAllFromArray()), NOTHING);
            default ->
                new Outcome(Value.newBuilder().setTimestampValue(requestTime).build());
        };
    }

    private static Transform parse(FieldTransform transform) {
        FieldPath path = FieldPath.parse(transform.getFieldPath());
        FieldTransform checked = switch (transform.getTransformTypeCase()) {
            case SET_TO_SERVER_VALUE -> checkServerValue(transform);
            case INCREMENT -> checkNumber(transform, transform.getIncrement());
            case MAXIMUM -> checkNumber(transform, transform.getMaximum());
            case MINIMUM -> checkNumber(transform, transform.getMinimum());
            case APPEND_MISSING_ELEMENTS ->
                transform.toBuilder()
                        .setAppendMissingElements(checkArray(transform.getAppendMissingElements()))
                        .build();
            case REMOVE_ALL_FROM_ARRAY ->
                transform.toBuilder()
                        .setRemoveAllFromArray(checkArray(transform.getRemoveAllFromArray()))
                        .build();
            case TRANSFORMTYPE_NOT_SET ->
                throw StatusExceptions.invalid("Operation type must be specified for field transformation.");
        };
        return new Transform(path, checked);
    }

    private static void checkNotNested(FieldPath path, FieldPath prefix) {
        if (path.startsWith(prefix) && !path.equals(prefix)) {
            throw StatusExceptions.invalid(
                    "Cannot transform property " + prefix + " and its nested property at the same time.");
        }
    }

    private static FieldTransform checkServerValue(FieldTransform transform) {
        if (transform.getSetToServerValue() != ServerValue.REQUEST_TIME) {
            throw StatusExceptions.invalid(
                    "ServerValue type must be specified for set_to_server_value transformation.");
        }
        return transform;
    }

    private static FieldTransform checkNumber(FieldTransform transform, Value operand) {
        if (!isNumber(operand)) {
            throw StatusExceptions.invalid("Input must be int64 or double.");
        }
        return transform;
    }

    private static ArrayValue checkArray(ArrayValue array) {
        return Values.checkAskedFor(Value.newBuilder().setArrayValue(array).build())
                .getArrayValue();
    }

    private static Value sum(@Nullable Value stored, Value operand) {
        if (stored == null || !isNumber(stored)) {
            return operand;
        }
        if (stored.hasDoubleValue() || operand.hasDoubleValue()) {
            return Value.newBuilder()
                    .setDoubleValue(ValueOrder.asDouble(stored) + ValueOrder.asDouble(operand))
                    .build();
        }
        return Value.newBuilder()
                .setIntegerValue(saturatedSum(stored.getIntegerValue(), operand.getIntegerValue()))
                .build();
    }

    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        boolean overflown = ((a ^ sum) & (b ^ sum)) < 0;
        return overflown ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }

    /** What is stored stays if both are equal; NaN is both the greatest and the least. */
    private static Value extreme(@Nullable Value stored, Value operand, int sign) {
        if (stored == null || !isNumber(stored)) {
            return operand;
        }
        if (ValueOrder.isNan(stored) || ValueOrder.isNan(operand)) {
            return ValueOrder.isNan(stored) ? stored : operand;
        }
        return sign * ValueOrder.compareNumbers(operand, stored) > 0 ? operand : stored;
    }

    private static Value union(List<Value> stored, ArrayValue added) {
        List<Value> union = new ArrayList<>(stored);
        added.getValuesList().stream().filter(isAmong(union).negate()).forEach(union::add);
        return array(union);
    }

    private static Value difference(List<Value> stored, ArrayValue removed) {
        return array(stored.stream()
                .filter(isAmong(removed.getValuesList()).negate())
                .toList());
    }

    private static Predicate<Value> isAmong(List<Value> values) {
        return candidate -> values.stream().anyMatch(value -> ValueOrder.equal(value, candidate));
    }

    private static List<Value> elements(@Nullable Value stored) {
        return stored == null ? List.of() : stored.getArrayValue().getValuesList();
    }

    private static Value array(List<Value> values) {
        return Value.newBuilder()
                .setArrayValue(ArrayValue.newBuilder().addAllValues(values))
                .build();
    }

    private static boolean isNumber(Value value) {
        return value.hasIntegerValue() || value.hasDoubleValue();
    }
}
