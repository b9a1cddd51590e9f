package dev.databasetraffic.embedded;

import com.google.common.collect.Comparators;
import com.google.firestore.v1.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query that can be answered.
 *
 * @param projection the fields of a result; null for all
 * @param orders the last is by name, so that no two documents are equal
 */
record Query(
        Scope scope,
        Filter filter,
        List<SortOrder> orders,
        @Nullable Position start,
        @Nullable Position end,
        int offset,
        int limit,
        @Nullable List<FieldPath> projection) {

    /** The results, after the offset. */
    Stream<StoredDocument> results(Documents documents) {
        Stream<StoredDocument> matches =
                candidates(documents).filter(this::isWithin).filter(filter::matches);
        return sorted(matches).skip(offset).limit(limit);
    }

    /** @param values what {@link #sortedBy} tells of a result */
    Query startingAfter(List<Value> values) {
        Position.checkName(values.get(values.size() - 1), scope.parent().database());
        return new Query(scope, filter, orders, new Position(values, false), end, offset, limit, projection);
    }

    /** What tells where the document stands among the results. */
    List<Value> sortedBy(StoredDocument document) {
        return orders.stream()
                .map(order -> Objects.requireNonNull(document.value(order.path())))
                .toList();
    }

    private boolean isWithin(StoredDocument document) {
        return orders.stream().allMatch(order -> order.appliesTo(document))
                && (start == null || start.isBefore(document, orders))
                && (end == null || !end.isBefore(document, orders));
    }

    /** Documents come in the order of their names; where the results do too, those before the start are not looked at. */
    private Stream<StoredDocument> candidates(Documents documents) {
        if (isByName()
                && scope.isOneCollection()
                && start != null
                && !start.values().isEmpty()) {
            ResourcePath from = ResourcePath.document(start.values().get(0).getReferenceValue());
            if (from.parent().equals(scope.path())) {
                return documents.collection(scope.path()).tailMap(from.id()).values().stream();
            }
        }
        return scope.documents(documents);
    }

    private Stream<StoredDocument> sorted(Stream<StoredDocument> matches) {
        if (isByName()) {
            return matches;
        }
        Comparator<StoredDocument> order = SortOrder.all(orders);
        long needed = (long) offset + limit;
        return needed < Integer.MAX_VALUE / 4
                ? matches.collect(Comparators.least((int) needed, order)).stream()
                : matches.sorted(order);
    }

    private boolean isByName() {
        return orders.get(0).isByNameAscending();
    }
}
