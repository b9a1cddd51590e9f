package dev.databasetraffic.embedded;

import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.CollectionSelector;
import com.google.firestore.v1.StructuredQuery.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
            throw StatusExceptions.unimplemented("find_nearest of a query");
        }
        Filter filter = new FilterParser(parent.database()).parse(query);
        List<SortOrder> explicit = explicitOrders();
        List<SortOrder> orders = withImplicit(explicit, filter);
        Query parsed = new Query(
                scope(),
                filter,
                orders,
                query.hasStartAt() ? Position.parse(query.getStartAt(), explicit, parent.database()) : null,
                query.hasEndAt() ? Position.parse(query.getEndAt(), explicit, parent.database()) : null,
                notNegative("offset", query.getOffset()),
                query.hasLimit() ? notNegative("limit", query.getLimit().getValue()) : Integer.MAX_VALUE,
                projection());
        checkIndexed(parsed);
        return parsed;
    }

    private Scope scope() {
        Limits.checkIds(parent);
        if (query.getFromCount() > 1) {
            throw StatusExceptions.invalid("StructuredQuery.from cannot have more than one collection selector.");
        }
        CollectionSelector from =
                query.getFromCount() == 0 ? CollectionSelector.getDefaultInstance() : query.getFrom(0);
        Ids.checkCollection(from.getCollectionId());
        if (Sizes.utf8(from.getCollectionId()) > Limits.NAME_BYTES) {
            throw StatusExceptions.invalid("The query kind is longer than " + Limits.NAME_BYTES + " bytes.");
        }
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
            if (isSorted(orders, path)) {
                throw StatusExceptions.invalid("order by clause cannot contain duplicate fields " + path);
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
        Stream<FieldPath> compared = filter.fields()
                .filter(FieldFilter::isInequality)
                .map(FieldFilter::path)
                .filter(path -> !path.isName())
                .distinct()
                .sorted();
        Stream.concat(compared, Stream.of(FieldPath.NAME))
                .filter(path -> !isSorted(explicit, path))
                .forEach(path -> orders.add(new SortOrder(path, descending)));
        if (!orders.get(orders.size() - 1).path().isName()) {
            throw StatusExceptions.invalid("order by clause cannot contain more fields after the key");
        }
        return orders;
    }

    private static boolean isSorted(List<SortOrder> orders, FieldPath path) {
        return orders.stream().anyMatch(order -> order.path().equals(path));
    }

    /** Refuses what no index of Firestore's can answer. */
    private static void checkIndexed(Query query) {
        Scope scope = query.scope();
        SortOrder first = query.orders().get(0);
        boolean byNameAlone =
                query.filter().fields().allMatch(field -> field.path().isName());
        if (scope.collection() == null && !(byNameAlone && first.isByNameAscending())) {
            throw StatusExceptions.invalid("kind is required for all filters and orders except __key__ ascending");
        }
        if (scope.descendants()
                && scope.parent().depth() > 0
                && !(byNameAlone && first.path().isName())) {
            throw StatusExceptions.invalid("collection group queries are only allowed at the root parent");
        }
        if (byNameAlone && first.path().isName() && first.descending()) {
            throw StatusExceptions.failedPrecondition("Firestore does not support descending key scans");
        }
    }

    private static int notNegative(String what, int number) {
        if (number < 0) {
            throw StatusExceptions.invalid(what + " is negative");
        }
        return number;
    }
}
