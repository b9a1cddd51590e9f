package dev.databasetraffic.embedded;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * Everything that is stored at one time. A change makes another one that shares nearly all of itself with this, so that
 * readers need no locks, and what no reader holds any more is freed.
 */
record Documents(TreePMap<ResourcePath, TreePMap<String, StoredDocument>> collections) {

    static final Documents NONE = new Documents(TreePMap.empty());

    private static final TreePMap<String, StoredDocument> EMPTY = TreePMap.empty(Ids.ORDER);

    @Nullable
    StoredDocument get(ResourcePath path) {
        return collection(path.parent()).get(path.id());
    }

    Documents with(StoredDocument document) {
        ResourcePath collection = document.path().parent();
        return new Documents(collections.plus(
                collection, collection(collection).plus(document.path().id(), document)));
    }

    Documents without(ResourcePath path) {
        ResourcePath collection = path.parent();
        TreePMap<String, StoredDocument> rest = collection(collection).minus(path.id());
        return new Documents(rest.isEmpty() ? collections.minus(collection) : collections.plus(collection, rest));
    }

    Documents withoutProject(String project) {
        return new Documents(collections.minusAll(collections.keySet().stream()
                .filter(collection -> collection.database().project().equals(project))
                .toList()));
    }

    /** By id. */
    TreePMap<String, StoredDocument> collection(ResourcePath path) {
        TreePMap<String, StoredDocument> collection = collections.get(path);
        return collection == null ? EMPTY : collection;
    }

    /** Collections below a document, however deep, in order. */
    Stream<ResourcePath> collectionsBelow(ResourcePath parent) {
        return collections.tailMap(parent).keySet().stream().takeWhile(path -> path.startsWith(parent));
    }

    /** Every document of the collections that are asked for, collection by collection. */
    Stream<StoredDocument> below(ResourcePath parent, Predicate<ResourcePath> wanted) {
        return collectionsBelow(parent).filter(wanted).flatMap(path -> collection(path).values().stream());
    }

    Stream<StoredDocument> all() {
        return collections.values().stream().flatMap(collection -> collection.values().stream());
    }
}
