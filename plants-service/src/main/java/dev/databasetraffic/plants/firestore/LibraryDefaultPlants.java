package dev.databasetraffic.plants.firestore;

import com.google.api.core.ApiFuture;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import dev.databasetraffic.plants.inventory.Arrival;
import dev.databasetraffic.plants.inventory.NewPlant;
import dev.databasetraffic.plants.inventory.Plant;
import dev.databasetraffic.plants.inventory.PlantPage;
import dev.databasetraffic.plants.inventory.Plants;
import dev.databasetraffic.plants.inventory.PlantsException;
import dev.databasetraffic.plants.inventory.Problem;
import io.grpc.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Plants through the client library as it comes, to compare with: its channel, its retries, its time limits. What it
 * reports of a failed write cannot be told from a write whose answer was lost, so every failure is unknown.
 */
final class LibraryDefaultPlants implements Plants, WarmUp.Path {

    private final Firestore firestore;
    private final Clock clock;

    LibraryDefaultPlants(Firestore firestore, Clock clock) {
        this.firestore = firestore;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Plant> add(NewPlant plant, @Nullable String idempotencyKey, Arrival arrival) {
        RequestIdentity identity = RequestIdentity.of(plant, idempotencyKey);
        Instant now = clock.instant();
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put(PlantDocuments.NAME, plant.name());
        fields.put(PlantDocuments.QUANTITY, plant.quantity());
        fields.put(PlantDocuments.CREATED_AT, Timestamp.ofTimeSecondsAndNanos(now.getEpochSecond(), now.getNano()));
        fields.put(PlantDocuments.TOKEN, identity.token());
        fields.put(PlantDocuments.DELETED_AT, null);
        return follow(document(identity.documentId()).create(fields), Problem.OUTCOME_UNKNOWN)
                .thenApply(written -> new Plant(identity.documentId(), plant.name(), plant.quantity(), now))
                .exceptionallyCompose(failure -> PlantsException.unwrap(failure) instanceof PlantsException known
                                && known.problem() == Problem.CONFLICT
                        ? settle(identity)
                        : CompletableFuture.failedFuture(failure));
    }

    /** The document exists: it is ours, by an attempt whose answer was lost or an earlier request, or it is not. */
    private CompletableFuture<Plant> settle(RequestIdentity identity) {
        return follow(document(identity.documentId()).get(), Problem.OUTCOME_UNKNOWN)
                .thenApply(found -> {
                    identity.requireOwn(
                            Objects.requireNonNullElse(found.getString(PlantDocuments.TOKEN), ""), !isLive(found));
                    return plant(found);
                });
    }

    @Override
    public CompletableFuture<Plant> find(String id, Arrival arrival) {
        return follow(document(id).get(), Problem.DATABASE_UNAVAILABLE).thenApply(found -> {
            if (!isLive(found)) {
                throw new PlantsException(Problem.PLANT_NOT_FOUND, "no document, or a tombstone");
            }
            return plant(found);
        });
    }

    @Override
    public CompletableFuture<PlantPage> list(int pageSize, @Nullable String afterId, Arrival arrival) {
        Query query = firestore
                .collection(PlantDocuments.COLLECTION)
                .whereEqualTo(PlantDocuments.DELETED_AT, null)
                .orderBy(FieldPath.documentId());
        Query page = afterId == null ? query : query.startAfter(afterId);
        return follow(page.limit(pageSize + 1).get(), Problem.DATABASE_UNAVAILABLE)
                .thenApply(found -> PlantPage.of(
                        found.getDocuments().stream()
                                .map(LibraryDefaultPlants::plant)
                                .toList(),
                        pageSize));
    }

    @Override
    public CompletableFuture<Void> delete(String id, Arrival arrival) {
        return follow(document(id).get(), Problem.DATABASE_UNAVAILABLE).thenCompose(found -> {
            if (!found.exists()) {
                throw new PlantsException(Problem.PLANT_NOT_FOUND, "no document");
            }
            Map<String, Object> tombstone = Map.of(
                    PlantDocuments.TOKEN, String.valueOf(found.getString(PlantDocuments.TOKEN)),
                    PlantDocuments.DELETED_AT, Timestamp.now());
            return isLive(found)
                    ? follow(found.getReference().set(tombstone), Problem.OUTCOME_UNKNOWN)
                            .<Void>thenApply(written -> null)
                    : CompletableFuture.<Void>completedFuture(null);
        });
    }

    @Override
    public CompletableFuture<Void> exercise(Duration limit) {
        String id = RequestIdentity.random().documentId();
        return follow(document(id).delete(), Problem.DATABASE_UNAVAILABLE)
                .thenCompose(deleted -> follow(document(id).get(), Problem.DATABASE_UNAVAILABLE))
                .thenApply(none -> null);
    }

    private DocumentReference document(String id) {
        return firestore.collection(PlantDocuments.COLLECTION).document(id);
    }

    private static boolean isLive(DocumentSnapshot document) {
        return document.exists() && document.get(PlantDocuments.DELETED_AT) == null;
    }

    private static Plant plant(DocumentSnapshot document) {
        Timestamp created = Objects.requireNonNull(document.getTimestamp(PlantDocuments.CREATED_AT));
        return new Plant(
                document.getId(),
                Objects.requireNonNull(document.getString(PlantDocuments.NAME)),
                Objects.requireNonNull(document.getLong(PlantDocuments.QUANTITY))
                        .intValue(),
                Instant.ofEpochSecond(created.getSeconds(), created.getNanos()));
    }

    private static <T> CompletableFuture<T> follow(ApiFuture<T> call, Problem problem) {
        return FirestoreCalls.follow(call, thrown -> {
            FirestoreFailure failure = FirestoreFailure.of(thrown, true);
            return new PlantsException(
                    failure.code() == Status.Code.ALREADY_EXISTS ? Problem.CONFLICT : problem,
                    String.valueOf(failure.getMessage()));
        });
    }
}
