package dev.databasetraffic.embedded;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.ListDocumentsResponse;
import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.CollectionSelector;
import com.google.firestore.v1.StructuredQuery.Direction;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page of a collection's documents: a query that ends where the page does.
 *
 * @param mask the fields to show; null for all
 * @param showMissing whether to list documents too that do not exist and have subcollections
 */
record DocumentList(Query query, int pageSize, @Nullable List<FieldPath> mask, boolean showMissing) {

    private static final int DEFAULT_PAGE = 30;
    private static final int MAX_PAGE = 150;
    private static final Pattern ORDER = Pattern.compile("(\\S+)(?:\\s+(asc|desc))?", Pattern.CASE_INSENSITIVE);

    static DocumentList parse(ListDocumentsRequest request) {
        check(request);
        StructuredQuery.Builder query = StructuredQuery.newBuilder()
                .addFrom(CollectionSelector.newBuilder().setCollectionId(request.getCollectionId()))
                .addAllOrderBy(orders(request.getOrderBy()));
        Query all = new QueryParser(ResourcePath.parent(request.getParent()), query.build()).parse();
        String token = request.getPageToken();
        return new DocumentList(
                token.isEmpty()
                        ? all
                        : all.startingAfter(
                                ListPageToken.parse(token, all.orders().size())),
                pageSize(request.getPageSize()),
                request.hasMask() ? FieldPath.parseAll(request.getMask().getFieldPathsList()) : null,
                request.getShowMissing());
    }

    Scope scope() {
        return query.scope();
    }

    ListDocumentsResponse page(Documents documents) {
        List<StoredDocument> shown = candidates(documents).limit(pageSize).toList();
        ListDocumentsResponse.Builder page = ListDocumentsResponse.newBuilder();
        shown.forEach(document -> page.addDocuments(
                documents.get(document.path()) == null
                        ? Document.newBuilder()
                                .setName(document.path().toString())
                                .build()
                        : document.view(mask)));
        // As in the genuine emulator, whether or not anything comes after it.
        if (shown.size() == pageSize) {
            page.setNextPageToken(ListPageToken.of(query.sortedBy(shown.get(pageSize - 1))));
        }
        return page.build();
    }

    private Stream<StoredDocument> candidates(Documents documents) {
        return showMissing
                ? query.results(missing(documents).reduce(documents, Documents::with, (left, right) -> right))
                : query.results(documents);
    }

    private Stream<StoredDocument> missing(Documents documents) {
        ResourcePath collection = query.scope().path();
        return documents
                .collectionsBelow(collection)
                .filter(path -> path.depth() > collection.depth())
                .map(path -> collection.child(path.segments().get(collection.depth())))
                .distinct()
                .filter(path -> documents.get(path) == null)
                .map(path -> StoredDocument.of(
                        path, Map.of(), Timestamp.getDefaultInstance(), Timestamp.getDefaultInstance()));
    }

    private static void check(ListDocumentsRequest request) {
        if (request.getPageSize() < 0) {
            throw StatusExceptions.invalid("Page size must be nonnegative.");
        }
        if (request.getShowMissing() && !request.getOrderBy().isEmpty()) {
            throw StatusExceptions.invalid("cannot specify an order when show_missing is true");
        }
        if (request.getShowMissing() && request.getCollectionId().isEmpty()) {
            throw StatusExceptions.invalid("collection id must be set when show_missing is true");
        }
    }

    private static int pageSize(int asked) {
        return asked == 0 ? DEFAULT_PAGE : Math.min(asked, MAX_PAGE);
    }

    private static List<StructuredQuery.Order> orders(String orderBy) {
        List<StructuredQuery.Order> orders = new ArrayList<>();
        for (String clause : orderBy.isBlank() ? new String[0] : orderBy.split(",", -1)) {
            Matcher matcher = ORDER.matcher(clause.strip());
            if (!matcher.matches()) {
                throw StatusExceptions.invalid("Invalid order by clause \"" + clause + "\".");
            }
            boolean descending = "desc".equalsIgnoreCase(matcher.group(2));
            orders.add(StructuredQuery.Order.newBuilder()
                    .setField(StructuredQuery.FieldReference.newBuilder().setFieldPath(matcher.group(1)))
                    .setDirection(descending ? Direction.DESCENDING : Direction.ASCENDING)
                    .build());
        }
        return orders;
    }
}
