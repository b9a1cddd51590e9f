package dev.databasetraffic.embedded;

import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.CollectionSelector;
import com.google.firestore.v1.StructuredQuery.Direction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a query, makes explicit what it leaves out, and refuses what Firestore does not take. */
final class QueryParser {

    private final ResourcePath parent;
    private final StructuredQuery query;

    QueryParser(ResourcePath parent, StructuredQuery query) {
        this.parent = parent;
        this.query = query;
    }

    Query parse() {
        if (query.hasFindNearest()) {
            throw Refusal.unimplemented("find_nearest of a query");
        }
        Filter filter = new FilterParser(parent.database()).parse(query);
        List<SortOrder> explicit = explicitOrders();
        List<SortOrder> orders = withImplicit(explicit, filter);
        checkScannable(orders, filter);
        return new Query(
                scope(),
                filter,
                orders,
                query.hasStartAt() ? Position.parse(query.getStartAt(), explicit, parent.database()) : null,
                query.hasEndAt() ? Position.parse(query.getEndAt(), explicit, parent.database()) : null,
                notNegative("offset", query.getOffset()),
                query.hasLimit() ? notNegative("limit", query.getLimit().getValue()) : Integer.MAX_VALUE,
                projection());
    }

    private Scope scope() {
        if (query.getFromCount() > 1) {
            throw Refusal.invalid("StructuredQuery.from cannot have more than one collection selector.");
        }
        CollectionSelector from =
                query.getFromCount() == 0 ? CollectionSelector.getDefaultInstance() : query.getFrom(0);
        Ids.checkCollection(from.getCollectionId());
        String collection = from.getCollectionId().isEmpty() ? null : from.getCollectionId();
        return new Scope(parent, collection, from.getAllDescendants());
    }

    private @Nullable List<FieldPath> projection() {
        return query.hasSelect()
                ? query.getSelect().getFieldsList().stream()
                        .map(field -> FieldPath.parse(field.getFieldPath()))
                        .toList()
                : null;
    }

    private List<SortOrder> explicitOrders() {
        List<SortOrder> orders = new ArrayList<>();
        for (StructuredQuery.Order order : query.getOrderByList()) {
            FieldPath path = FieldPath.parse(order.getField().getFieldPath());
            if (orders.stream().anyMatch(earlier -> earlier.path().equals(path))) {
                throw Refusal.invalid("order by clause cannot contain duplicate fields " + path);
            }
            if (orders.stream().anyMatch(earlier -> earlier.path().isName())) {
                throw Refusal.invalid("order by clause cannot contain more fields after the key");
            }
            orders.add(new SortOrder(path, order.getDirection() == Direction.DESCENDING));
        }
        return orders;
    }

    /** What is compared by inequality sorts too, and then the name; the last direction that was asked for goes on. */
    private static List<SortOrder> withImplicit(List<SortOrder> explicit, Filter filter) {
        List<SortOrder> orders = new ArrayList<>(explicit);
        boolean descending =
                !explicit.isEmpty() && explicit.get(explicit.size() - 1).descending();
        if (explicit.stream().noneMatch(order -> order.path().isName())) {
            filter.fields()
                    .filter(field -> field.operator().isInequality())
                    .map(FieldFilter::path)
                    .filter(path -> !path.isName())
                    .distinct()
                    .sorted()
                    .filter(path ->
                            explicit.stream().noneMatch(order -> order.path().equals(path)))
                    .forEach(path -> orders.add(new SortOrder(path, descending)));
            orders.add(new SortOrder(FieldPath.NAME, descending));
        }
        return orders;
    }

    /** Firestore keeps no list of documents from the last name to the first. */
    private static void checkScannable(List<SortOrder> orders, Filter filter) {
        SortOrder first = orders.get(0);
        if (first.path().isName()
                && first.descending()
                && filter.fields().allMatch(field -> field.path().isName())) {
            throw Refusal.failedPrecondition("Firestore does not support descending key scans");
        }
    }

    private static int notNegative(String what, int number) {
        if (number < 0) {
            throw Refusal.invalid(what + " is negative");
        }
        return number;
    }
}
