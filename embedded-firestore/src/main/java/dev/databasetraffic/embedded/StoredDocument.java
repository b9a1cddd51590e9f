package dev.databasetraffic.embedded;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.Value;
import com.google.protobuf.Timestamp;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document at one time; never changes.
 *
 * @param fields never changed either, so that a write need not copy what came with it
 * @param footprint bytes of heap that it takes, estimated
 */
record StoredDocument(
        ResourcePath path, Map<String, Value> fields, Timestamp created, Timestamp updated, long footprint) {

    static StoredDocument of(ResourcePath path, Map<String, Value> fields, Timestamp created, Timestamp updated) {
        return new StoredDocument(path, fields, created, updated, Footprint.of(path, fields));
    }

    /** @param mask the fields to show; null for all */
    Document view(@Nullable List<FieldPath> mask) {
        return Document.newBuilder()
                .setName(path.toString())
                .putAllFields(mask == null ? fields : Fields.project(fields, mask))
                .setCreateTime(created)
                .setUpdateTime(updated)
                .build();
    }

    /** The field's value, or null; the document's name is a reference to itself. */
    @Nullable
    Value value(FieldPath field) {
        return field.isName()
                ? Value.newBuilder().setReferenceValue(path.toString()).build()
                : field.in(fields);
    }
}
