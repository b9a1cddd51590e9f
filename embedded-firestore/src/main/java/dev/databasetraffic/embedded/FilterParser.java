package dev.databasetraffic.embedded;

import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.CompositeFilter;
import com.google.firestore.v1.StructuredQuery.UnaryFilter;
import com.google.firestore.v1.Value;
import dev.databasetraffic.embedded.FieldFilter.Operator;
import java.util.List;

/** Reads a query's filter, and refuses what Firestore does not take. */
final class FilterParser {

    private static final int MAX_DISJUNCTIONS = 30;
    private static final int MAX_NOT_IN = 10;
    private static final int MAX_VALUE_BYTES = 1500;

    private final DatabaseName database;

    FilterParser(DatabaseName database) {
        this.database = database;
    }

    Filter parse(StructuredQuery query) {
        Filter filter = query.hasWhere() ? parse(query.getWhere()) : new Filter.All(List.of());
        checkTogether(filter);
        return filter;
    }

    private Filter parse(StructuredQuery.Filter filter) {
        return switch (filter.getFilterTypeCase()) {
            case COMPOSITE_FILTER -> parse(filter.getCompositeFilter());
            case FIELD_FILTER -> parse(filter.getFieldFilter());
            case UNARY_FILTER -> parse(filter.getUnaryFilter());
            case FILTERTYPE_NOT_SET -> throw StatusExceptions.invalid("Unknown Filter type.");
        };
    }

    private Filter parse(CompositeFilter composite) {
        List<Filter> filters =
                composite.getFiltersList().stream().map(this::parse).toList();
        return switch (composite.getOp()) {
            case AND -> new Filter.All(filters);
            case OR -> {
                if (filters.isEmpty()) {
                    throw StatusExceptions.invalid("Composite filter must have at least one sub-filter.");
                }
                yield new Filter.Any(filters);
            }
            default -> throw StatusExceptions.invalid("Unsupported CompositeFilter operator.");
        };
    }

    private Filter parse(UnaryFilter unary) {
        FieldPath path = FieldPath.parse(unary.getField().getFieldPath());
        Operator operator = switch (unary.getOp()) {
            case IS_NAN -> Operator.IS_NAN;
            case IS_NOT_NAN -> Operator.IS_NOT_NAN;
            case IS_NULL -> Operator.IS_NULL;
            case IS_NOT_NULL -> Operator.IS_NOT_NULL;
            default -> throw StatusExceptions.invalid("Unknown UnaryFilter operator.");
        };
        if (path.isName()) {
            throw notAKey();
        }
        return new FieldFilter(path, operator, Value.getDefaultInstance());
    }

    private Filter parse(StructuredQuery.FieldFilter field) {
        FieldPath path = FieldPath.parse(field.getField().getFieldPath());
        Operator operator = switch (field.getOp()) {
            case EQUAL -> Operator.EQUAL;
            case NOT_EQUAL -> Operator.NOT_EQUAL;
            case LESS_THAN -> Operator.LESS_THAN;
            case LESS_THAN_OR_EQUAL -> Operator.LESS_THAN_OR_EQUAL;
            case GREATER_THAN -> Operator.GREATER_THAN;
            case GREATER_THAN_OR_EQUAL -> Operator.GREATER_THAN_OR_EQUAL;
            case IN -> Operator.IN;
            case NOT_IN -> Operator.NOT_IN;
            case ARRAY_CONTAINS -> Operator.ARRAY_CONTAINS;
            case ARRAY_CONTAINS_ANY -> Operator.ARRAY_CONTAINS_ANY;
            default -> throw StatusExceptions.invalid("Unknown FieldFilter operator.");
        };
        FieldFilter filter = new FieldFilter(path, operator, Values.checkAskedFor(field.getValue()));
        if (operator.takesList()) {
            checkList(filter);
        }
        List<Value> values = operator.takesList() ? filter.operands() : List.of(filter.operand());
        if (path.isName()) {
            checkNames(operator, values);
        }
        if (values.stream().anyMatch(value -> Sizes.value(value) > MAX_VALUE_BYTES)) {
            throw StatusExceptions.invalid("value for " + path + " is too large to be used in a query");
        }
        return filter;
    }

    private static void checkList(FieldFilter filter) {
        Operator operator = filter.operator();
        if (!filter.operand().hasArrayValue()) {
            throw StatusExceptions.invalid("'" + operator + "' requires an ArrayValue.");
        }
        if (filter.operands().isEmpty()) {
            throw StatusExceptions.invalid("'" + operator + "' requires an non-empty ArrayValue.");
        }
        int most = operator == Operator.NOT_IN ? MAX_NOT_IN : MAX_DISJUNCTIONS;
        if (filter.operands().size() > most) {
            throw StatusExceptions.invalid("'" + operator + "' supports up to " + most + " comparison values.");
        }
    }

    private void checkNames(Operator operator, List<Value> names) {
        if (operator.isArrayFilter()) {
            throw StatusExceptions.invalid("the name __key__ is reserved");
        }
        for (Value name : names) {
            if (!name.hasReferenceValue()) {
                throw notAKey();
            }
            DatabaseName other = ResourcePath.document(name.getReferenceValue()).database();
            if (!other.equals(database)) {
                throw StatusExceptions.invalid("The request was for database '" + database
                        + "' but was attempting to access database '" + other + "'");
            }
        }
    }

    private static void checkTogether(Filter filter) {
        if (filter.disjunctions() > MAX_DISJUNCTIONS) {
            throw StatusExceptions.invalid("Too many disjunctions after normalization. Result had "
                    + filter.disjunctions() + " disjunctions which is more than the maximum of " + MAX_DISJUNCTIONS);
        }
        checkNameEquality(filter);
        List<Operator> operators = filter.fields().map(FieldFilter::operator).toList();
        if (operators.stream().filter(Operator::isNegation).count() > 1) {
            throw StatusExceptions.invalid("Only a single 'NOT_EQUAL', 'NOT_IN', 'IS_NOT_NAN', or 'IS_NOT_NULL' filter"
                    + " allowed per query.");
        }
        if (operators.contains(Operator.NOT_IN) && filter.isDisjunction()) {
            throw StatusExceptions.invalid(
                    "'NOT_IN' cannot be used in the same query with 'IN', 'ARRAY_CONTAINS_ANY' or 'OR'.");
        }
        if (filter.arrayFilters() > 1) {
            throw StatusExceptions.invalid("A maximum of 1 'ARRAY_CONTAINS' filter is allowed per disjunction.");
        }
    }

    private static void checkNameEquality(Filter filter) {
        List<FieldFilter> names =
                filter.fields().filter(field -> field.path().isName()).toList();
        boolean otherInequality =
                filter.fields().anyMatch(field -> !field.path().isName() && field.isInequality());
        if (otherInequality && !names.isEmpty() && names.stream().noneMatch(FieldFilter::isInequality)) {
            throw StatusExceptions.invalid(
                    "Equality on key is not allowed if there are other inequality fields and key does not"
                            + " appear in inequalities.");
        }
    }

    private static RuntimeException notAKey() {
        return StatusExceptions.invalid("__key__ filter value must be a Key");
    }
}
