package dev.databasetraffic.embedded;

import com.google.firestore.v1.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a query asks of one field. */
record FieldFilter(FieldPath path, Operator operator, Value operand) implements Filter {

    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS_THAN,
        LESS_THAN_OR_EQUAL,
        GREATER_THAN,
        GREATER_THAN_OR_EQUAL,
        IN,
        NOT_IN,
        ARRAY_CONTAINS,
        ARRAY_CONTAINS_ANY,
        IS_NULL,
        IS_NOT_NULL,
        IS_NAN,
        IS_NOT_NAN;

        private static final Set<Operator> RANGES =
                EnumSet.of(LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL);
        private static final Set<Operator> NEGATIONS = EnumSet.of(NOT_EQUAL, NOT_IN, IS_NOT_NULL, IS_NOT_NAN);

        boolean isNegation() {
            return NEGATIONS.contains(this);
        }

        boolean isRange() {
            return RANGES.contains(this);
        }

        boolean isArrayFilter() {
            return this == ARRAY_CONTAINS || this == ARRAY_CONTAINS_ANY;
        }

        boolean takesList() {
            return this == IN || this == NOT_IN || this == ARRAY_CONTAINS_ANY;
        }
    }

    @Override
    public boolean matches(StoredDocument document) {
        Value value = document.value(path);
        return value != null
                && switch (operator) {
                    case EQUAL -> equalTo(value, operand);
                    case NOT_EQUAL -> !isNull(value) && !isNull(operand) && !equalTo(value, operand);
                    case LESS_THAN -> comparable(value) && order(value) < 0;
                    case LESS_THAN_OR_EQUAL -> comparable(value) && order(value) <= 0;
                    case GREATER_THAN -> comparable(value) && order(value) > 0;
                    case GREATER_THAN_OR_EQUAL -> comparable(value) && order(value) >= 0;
                    case IN -> isAmong(value, operands());
                    case NOT_IN ->
                        !isNull(value)
                                && operands().stream().noneMatch(FieldFilter::isNull)
                                && !isAmong(value, operands());
                    case ARRAY_CONTAINS -> isAmong(operand, elements(value));
                    case ARRAY_CONTAINS_ANY -> operands().stream().anyMatch(any -> isAmong(any, elements(value)));
                    case IS_NULL -> isNull(value);
                    case IS_NOT_NULL -> !isNull(value);
                    case IS_NAN -> ValueOrder.isNan(value);
                    case IS_NOT_NAN -> !isNull(value) && !ValueOrder.isNan(value);
                };
    }

    @Override
    public Stream<FieldFilter> fields() {
        return Stream.of(this);
    }

    @Override
    public boolean isDisjunction() {
        return operator == Operator.IN || operator == Operator.ARRAY_CONTAINS_ANY;
    }

    @Override
    public int disjunctions() {
        return isDisjunction() ? operands().size() : 1;
    }

    @Override
    public int arrayFilters() {
        return operator.isArrayFilter() ? 1 : 0;
    }

    /** A field that is compared so sorts the results, unless the query sorts them by something else first. */
    boolean isInequality() {
        return switch (operator) {
            case NOT_EQUAL -> !isNull(operand);
            case NOT_IN -> !operands().stream().allMatch(FieldFilter::isNull);
            default -> operator.isNegation() || operator.isRange() && isSomething(operand);
        };
    }

    List<Value> operands() {
        return elements(operand);
    }

    private boolean comparable(Value value) {
        return isSomething(operand) && isSomething(value) && ValueOrder.sameType(value, operand);
    }

    private int order(Value value) {
        return ValueOrder.INSTANCE.compare(value, operand);
    }

    private static List<Value> elements(Value value) {
        return value.getArrayValue().getValuesList();
    }

    private static boolean isAmong(Value value, List<Value> values) {
        return values.stream().anyMatch(other -> equalTo(value, other));
    }

    /** Null and NaN equal nothing, not even themselves. */
    private static boolean equalTo(Value left, Value right) {
        return isSomething(left) && isSomething(right) && ValueOrder.equal(left, right);
    }

    private static boolean isSomething(Value value) {
        return !isNull(value) && !ValueOrder.isNan(value);
    }

    private static boolean isNull(@Nullable Value value) {
        return value != null && value.hasNullValue();
    }
}
