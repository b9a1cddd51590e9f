package dev.databasetraffic.embedded.differential;

import com.google.firestore.v1.ArrayValue;
import com.google.firestore.v1.Cursor;
import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.CollectionSelector;
import com.google.firestore.v1.StructuredQuery.CompositeFilter;
import com.google.firestore.v1.StructuredQuery.Direction;
import com.google.firestore.v1.StructuredQuery.FieldFilter;
import com.google.firestore.v1.StructuredQuery.FieldReference;
import com.google.firestore.v1.StructuredQuery.Filter;
import com.google.firestore.v1.StructuredQuery.FindNearest;
import com.google.firestore.v1.StructuredQuery.Order;
import com.google.firestore.v1.StructuredQuery.Projection;
import com.google.firestore.v1.StructuredQuery.UnaryFilter;
import com.google.firestore.v1.Value;
import com.google.protobuf.Int32Value;
import java.util.ArrayList;
import java.util.List;

/** Queries of every form that the stand-in knows, and some that Firestore refuses. */
final class RandomQueries {

    private static final List<FieldFilter.Operator> OPERATORS = List.of(FieldFilter.Operator.values());

    private final RandomValues values;

    RandomQueries(RandomValues values) {
        this.values = values;
    }

    StructuredQuery query(String database) {
        StructuredQuery.Builder query = StructuredQuery.newBuilder();
        if (!values.chance(0.02)) {
            query.addFrom(from());
        }
        if (values.chance(0.01)) {
            query.addFrom(from());
        }
        if (values.chance(0.65)) {
            query.setWhere(filter(database, 0));
        }
        List<Order> orders = orders();
        query.addAllOrderBy(orders);
        if (values.chance(0.25)) {
            query.setStartAt(cursor(database, orders));
        }
        if (values.chance(0.25)) {
            query.setEndAt(cursor(database, orders));
        }
        if (values.chance(0.3)) {
            query.setLimit(Int32Value.of(values.chance(0.03) ? -1 : values.number(5)));
        }
        if (values.chance(0.15)) {
            query.setOffset(values.chance(0.05) ? -1 : values.number(4));
        }
        if (values.chance(0.2)) {
            query.setSelect(projection());
        }
        if (values.chance(0.005)) {
            query.setFindNearest(FindNearest.newBuilder()
                    .setVectorField(field("x"))
                    .setQueryVector(values.vector(2))
                    .setDistanceMeasure(FindNearest.DistanceMeasure.EUCLIDEAN)
                    .setLimit(Int32Value.of(3)));
        }
        return query.build();
    }

    private CollectionSelector from() {
        return CollectionSelector.newBuilder()
                .setCollectionId(values.chance(0.05) ? "" : values.collection())
                .setAllDescendants(values.chance(0.3))
                .build();
    }

    private Projection projection() {
        Projection.Builder projection = Projection.newBuilder();
        for (int i = values.number(3); i > 0; i--) {
            projection.addFields(field(values.orderPath()));
        }
        return projection.build();
    }

    private Filter filter(String database, int depth) {
        int kind = values.number(depth < 2 ? 10 : 6);
        if (kind < 5) {
            return fieldFilter(database);
        }
        if (kind == 5) {
            return Filter.newBuilder()
                    .setUnaryFilter(UnaryFilter.newBuilder()
                            .setField(field(values.chance(0.05) ? "__name__" : values.path()))
                            .setOpValue(values.chance(0.02) ? 0 : 2 + values.number(4)))
                    .build();
        }
        CompositeFilter.Builder composite = CompositeFilter.newBuilder()
                .setOp(kind < 8 ? CompositeFilter.Operator.AND : CompositeFilter.Operator.OR);
        for (int i = values.chance(0.03) ? 0 : 1 + values.number(3); i > 0; i--) {
            composite.addFilters(filter(database, depth + 1));
        }
        return Filter.newBuilder().setCompositeFilter(composite).build();
    }

    private Filter fieldFilter(String database) {
        FieldFilter.Operator operator = values.chance(0.4) ? FieldFilter.Operator.EQUAL : values.pick(OPERATORS);
        boolean byName = values.chance(0.12);
        boolean takesList = operator == FieldFilter.Operator.IN
                || operator == FieldFilter.Operator.NOT_IN
                || operator == FieldFilter.Operator.ARRAY_CONTAINS_ANY;
        Value operand = takesList && !values.chance(0.04)
                ? Value.newBuilder().setArrayValue(list(database, byName)).build()
                : byName && !values.chance(0.05)
                        ? values.reference(values.chance(0.97) ? database : values.database())
                        : values.value(database);
        return Filter.newBuilder()
                .setFieldFilter(FieldFilter.newBuilder()
                        .setField(field(byName ? "__name__" : values.path()))
                        .setOpValue(operator == FieldFilter.Operator.UNRECOGNIZED ? 0 : operator.getNumber())
                        .setValue(operand))
                .build();
    }

    private ArrayValue list(String database, boolean byName) {
        ArrayValue.Builder list = ArrayValue.newBuilder();
        for (int i = values.chance(0.03) ? 31 : values.number(4); i > 0; i--) {
            list.addValues(byName ? values.reference(database) : values.value(database));
        }
        return list.build();
    }

    private List<Order> orders() {
        List<Order> orders = new ArrayList<>();
        for (int i = values.pick(0, 0, 1, 1, 1, 2, 2, 3); i > 0; i--) {
            orders.add(Order.newBuilder()
                    .setField(field(values.orderPath()))
                    .setDirection(
                            values.pick(Direction.ASCENDING, Direction.DESCENDING, Direction.DIRECTION_UNSPECIFIED))
                    .build());
        }
        return orders;
    }

    private Cursor cursor(String database, List<Order> orders) {
        Cursor.Builder cursor = Cursor.newBuilder().setBefore(values.chance(0.5));
        int size = values.chance(0.05) ? orders.size() + 1 : values.number(orders.size() + 1);
        for (int i = 0; i < size; i++) {
            boolean byName =
                    i < orders.size() && orders.get(i).getField().getFieldPath().equals("__name__");
            cursor.addValues(byName && !values.chance(0.05) ? values.reference(database) : values.value(database));
        }
        return cursor.build();
    }

    private static FieldReference field(String path) {
        return FieldReference.newBuilder().setFieldPath(path).build();
    }
}
