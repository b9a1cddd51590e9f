package dev.databasetraffic.embedded;

import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which documents a query looks at.
 *
 * @param parent the document, or the root, below which they lie
 * @param collection id of their collection; null for whatever collection
 * @param descendants whether the collection may lie at any depth below the parent, rather than directly in it
 */
record Scope(ResourcePath parent, @Nullable String collection, boolean descendants) {

    /** In the order of their names. */
    Stream<StoredDocument> documents(Documents documents) {
        return isOneCollection()
                ? documents.collection(path()).values().stream()
                : documents.below(parent, this::hasCollection).sorted(Comparator.comparing(StoredDocument::path));
    }

    /**
     * Stands for what nobody else may change once a transaction has looked here. As in the genuine emulator that is every
     * collection of that id, wherever it lies: the root's one, or the root for all collections.
     */
    ResourcePath lock() {
        ResourcePath root = ResourcePath.root(parent.database());
        return collection == null ? root : root.child(collection);
    }

    boolean isOneCollection() {
        return collection != null && !descendants;
    }

    /** Of one collection. */
    ResourcePath path() {
        return parent.child(String.valueOf(collection));
    }

    private boolean hasCollection(ResourcePath path) {
        return path.depth() > parent.depth()
                && (collection == null || path.id().equals(collection))
                && (descendants || path.depth() == parent.depth() + 1);
    }
}
