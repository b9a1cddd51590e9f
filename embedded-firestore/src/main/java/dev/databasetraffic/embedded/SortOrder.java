package dev.databasetraffic.embedded;

import com.google.firestore.v1.Value;
import java.util.Comparator;
import java.util.List;

/** How a query sorts by one field. */
record SortOrder(FieldPath path, boolean descending) implements Comparator<StoredDocument> {

    /** Only of documents that have the field. */
    @Override
    public int compare(StoredDocument left, StoredDocument right) {
        int order = path.isName()
                ? left.path().compareTo(right.path())
                : ValueOrder.INSTANCE.compare(field(left), field(right));
        return descending ? -order : order;
    }

    /** As {@link #compare}, with a value that a document might have. */
    int compare(StoredDocument left, Value right) {
        int order = path.isName()
                ? left.path().compareTo(ResourcePath.document(right.getReferenceValue()))
                : ValueOrder.INSTANCE.compare(field(left), right);
        return descending ? -order : order;
    }

    boolean isByNameAscending() {
        return path.isName() && !descending;
    }

    boolean appliesTo(StoredDocument document) {
        return path.isName() || path.in(document.fields()) != null;
    }

    static Comparator<StoredDocument> all(List<SortOrder> orders) {
        return (left, right) -> {
            int order = 0;
            for (int i = 0; order == 0 && i < orders.size(); i++) {
                order = orders.get(i).compare(left, right);
            }
            return order;
        };
    }

    private Value field(StoredDocument document) {
        Value value = path.in(document.fields());
        return value == null ? Value.getDefaultInstance() : value;
    }
}
