package dev.databasetraffic.plants.firestore;

import com.google.common.primitives.Ints;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import dev.databasetraffic.plants.inventory.NewPlant;
import dev.databasetraffic.plants.inventory.Plant;
import java.time.Instant;

/**
 * Plants as Firestore's documents.
 *
 * <p>A document carries a {@code token} that says which request wrote it. A deleted plant leaves a tombstone, token and
 * {@code deletedAt} alone, so that a late repetition of the request that added it does not bring it back.
 */
final class PlantDocuments {

    static final String COLLECTION = "plants";
    static final String NAME = "name";
    static final String QUANTITY = "quantity";
    static final String CREATED_AT = "createdAt";
    static final String TOKEN = "token";
    static final String DELETED_AT = "deletedAt";

    private final String database;

    PlantDocuments(FirestoreProperties properties) {
        this.database = "projects/" + properties.project() + "/databases/" + properties.database();
    }

    /** {@code projects/P/databases/D}. */
    String database() {
        return database;
    }

    /** The parent of all collections. */
    String root() {
        return database + "/documents";
    }

    String nameOf(String id) {
        return root() + "/" + COLLECTION + "/" + id;
    }

    /** Adds the plant unless its document exists, as a tombstone or otherwise. */
    WriteQueue.Change create(RequestIdentity identity, NewPlant plant, Instant now) {
        String document = nameOf(identity.documentId());
        Document.Builder fields = Document.newBuilder()
                .setName(document)
                .putFields(NAME, string(plant.name()))
                .putFields(
                        QUANTITY,
                        Value.newBuilder().setIntegerValue(plant.quantity()).build())
                .putFields(CREATED_AT, timestamp(now))
                .putFields(TOKEN, string(identity.token()))
                .putFields(
                        DELETED_AT,
                        Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build());
        Write write = Write.newBuilder()
                .setUpdate(fields)
                .setCurrentDocument(Precondition.newBuilder().setExists(false))
                .build();
        return new WriteQueue.Change(document, identity.token(), write);
    }

    /** Replaces the plant by its tombstone unless it changed since it was read. */
    WriteQueue.Change delete(Document live, Instant now) {
        Document.Builder tombstone = Document.newBuilder()
                .setName(live.getName())
                .putFields(TOKEN, string(tokenOf(live)))
                .putFields(DELETED_AT, timestamp(now));
        Write write = Write.newBuilder()
                .setUpdate(tombstone)
                .setCurrentDocument(Precondition.newBuilder().setUpdateTime(live.getUpdateTime()))
                .build();
        return new WriteQueue.Change(live.getName(), "delete", write);
    }

    /** Deletes a document that never was: a write that leaves no trace. */
    WriteQueue.Change nothing(String id) {
        String document = nameOf(id);
        return new WriteQueue.Change(
                document, "nothing", Write.newBuilder().setDelete(document).build());
    }

    Plant plant(Document document) {
        Timestamp created = document.containsFields(CREATED_AT)
                ? document.getFieldsOrThrow(CREATED_AT).getTimestampValue()
                : document.getCreateTime();
        return new Plant(
                document.getName().substring(document.getName().lastIndexOf('/') + 1),
                field(document, NAME).getStringValue(),
                Ints.saturatedCast(field(document, QUANTITY).getIntegerValue()),
                Instant.ofEpochSecond(created.getSeconds(), created.getNanos()));
    }

    static boolean isDeleted(Document document) {
        return field(document, DELETED_AT).hasTimestampValue();
    }

    static String tokenOf(Document document) {
        return field(document, TOKEN).getStringValue();
    }

    private static Value field(Document document, String name) {
        return document.getFieldsOrDefault(name, Value.getDefaultInstance());
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value timestamp(Instant instant) {
        return Value.newBuilder()
                .setTimestampValue(Timestamp.newBuilder()
                        .setSeconds(instant.getEpochSecond())
                        .setNanos(instant.getNano()))
                .build();
    }
}
