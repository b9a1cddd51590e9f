package dev.databasetraffic.plants.firestore;

import com.google.firestore.v1.Cursor;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.Value;
import com.google.protobuf.Int32Value;
import dev.databasetraffic.plants.inventory.Plant;
import dev.databasetraffic.plants.inventory.PlantPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of plants as Firestore's queries. */
final class PlantQueries {

    private final PlantDocuments documents;

    PlantQueries(PlantDocuments documents) {
        this.documents = documents;
    }

    /** The live plants after that id, in the order of the ids; one more than a page tells whether there is another. */
    RunQueryRequest page(int pageSize, @Nullable String afterId) {
        return page(PlantDocuments.COLLECTION, pageSize, afterId);
    }

    /**
     * A page of what there is none of. It costs the database next to nothing, where a page of plants has the emulator look
     * at each of them: 0.8 s of its processor for a hundred thousand.
     */
    RunQueryRequest emptyPage() {
        return page(PlantDocuments.COLLECTION + "-none", 1, null);
    }

    private RunQueryRequest page(String collection, int pageSize, @Nullable String afterId) {
        StructuredQuery.Builder query = StructuredQuery.newBuilder()
                .addFrom(StructuredQuery.CollectionSelector.newBuilder().setCollectionId(collection))
                .setWhere(StructuredQuery.Filter.newBuilder()
                        .setUnaryFilter(StructuredQuery.UnaryFilter.newBuilder()
                                .setField(field(PlantDocuments.DELETED_AT))
                                .setOp(StructuredQuery.UnaryFilter.Operator.IS_NULL)))
                .addOrderBy(StructuredQuery.Order.newBuilder()
                        .setField(field("__name__"))
                        .setDirection(StructuredQuery.Direction.ASCENDING))
                .setLimit(Int32Value.of(pageSize + 1));
        if (afterId != null) {
            query.setStartAt(Cursor.newBuilder()
                    .addValues(Value.newBuilder().setReferenceValue(documents.nameOf(afterId)))
                    .setBefore(false));
        }
        return RunQueryRequest.newBuilder()
                .setParent(documents.root())
                .setStructuredQuery(query)
                .build();
    }

    PlantPage answer(List<RunQueryResponse> responses, int pageSize) {
        List<Plant> plants = responses.stream()
                .filter(RunQueryResponse::hasDocument)
                .map(response -> documents.plant(response.getDocument()))
                .toList();
        return PlantPage.of(plants, pageSize);
    }

    private static StructuredQuery.FieldReference field(String path) {
        return StructuredQuery.FieldReference.newBuilder().setFieldPath(path).build();
    }
}
