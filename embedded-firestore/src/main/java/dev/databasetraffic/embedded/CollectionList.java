package dev.databasetraffic.embedded;

import com.google.firestore.v1.ListCollectionIdsRequest;
import com.google.firestore.v1.ListCollectionIdsResponse;
import com.google.firestore.v1.Value;
import java.util.List;

/**
 * A page of the ids of the collections right below a document or the root.
 *
 * @param after the last page's last id; empty for the first page
 */
record CollectionList(ResourcePath parent, int pageSize, String after) {

    private static final int MAX_PAGE = 300;

    static CollectionList parse(ListCollectionIdsRequest request) {
        if (request.getPageSize() < 0) {
            throw StatusExceptions.invalid("page_size must be greater than or equal to zero.");
        }
        String token = request.getPageToken();
        return new CollectionList(
                ResourcePath.parent(request.getParent()),
                request.getPageSize() == 0 ? MAX_PAGE : Math.min(request.getPageSize(), MAX_PAGE),
                token.isEmpty() ? "" : ListPageToken.parse(token, 1).get(0).getStringValue());
    }

    ListCollectionIdsResponse page(Documents documents) {
        List<String> shown = documents
                .collectionsBelow(parent)
                .map(path -> path.segments().get(parent.depth()))
                .distinct()
                .filter(id -> Ids.ORDER.compare(id, after) > 0)
                .limit(pageSize)
                .toList();
        ListCollectionIdsResponse.Builder page =
                ListCollectionIdsResponse.newBuilder().addAllCollectionIds(shown);
        // As in the genuine emulator, whether or not anything comes after it.
        if (shown.size() == pageSize) {
            page.setNextPageToken(ListPageToken.of(List.of(
                    Value.newBuilder().setStringValue(shown.get(pageSize - 1)).build())));
        }
        return page.build();
    }
}
