package dev.databasetraffic.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a document or a collection is: ids of collections and documents take turns, so that an even number names a
 * document (the root, if there are none) and an odd number a collection.
 */
record ResourcePath(DatabaseName database, List<String> segments) implements Comparable<ResourcePath> {

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if it is no document's name */
    static ResourcePath document(String name) {
        return document("Document", name);
    }

    static ResourcePath document(String kind, String name) {
        ResourcePath path = new NameParser(kind, name).path();
        if (path.segments.isEmpty()) {
            throw StatusExceptions.invalid(kind + " name \"" + name + "\" lacks \"/\" at index " + name.length() + ".");
        }
        return path;
    }

    /** A document's name, or that of the root of all documents. */
    static ResourcePath parent(String name) {
        return new NameParser("Document parent", name).path();
    }

    static ResourcePath root(DatabaseName database) {
        return new ResourcePath(database, List.of());
    }

    ResourcePath child(String id) {
        List<String> longer = new ArrayList<>(segments.size() + 1);
        longer.addAll(segments);
        longer.add(id);
        return new ResourcePath(database, List.copyOf(longer));
    }

    /** Of a document its collection, of a collection the document that it lies in. */
    ResourcePath parent() {
        return new ResourcePath(database, segments.subList(0, segments.size() - 1));
    }

    String id() {
        return segments.get(segments.size() - 1);
    }

    int depth() {
        return segments.size();
    }

    boolean startsWith(ResourcePath prefix) {
        return prefix.depth() <= depth()
                && prefix.segments.equals(segments.subList(0, prefix.depth()))
                && prefix.database.equals(database);
    }

    @Override
    public int compareTo(ResourcePath other) {
        int order = database.compareTo(other.database);
        int common = Math.min(depth(), other.depth());
        for (int i = 0; order == 0 && i < common; i++) {
            order = Ids.ORDER.compare(segments.get(i), other.segments.get(i));
        }
        return order != 0 ? order : Integer.compare(depth(), other.depth());
    }

    @Override
    public String toString() {
        StringBuilder name = new StringBuilder(database.toString()).append("/documents");
        segments.forEach(segment -> name.append('/').append(segment));
        return name.toString();
    }
}
