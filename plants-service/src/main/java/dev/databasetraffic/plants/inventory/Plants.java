package dev.databasetraffic.plants.inventory;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The inventory's store. Each future ends within the configured deadline, which counts from the request's arrival, and a
 * failed one holds a {@link PlantsException} that says what became of the write.
 */
public interface Plants {

    /**
     * Adds a plant once.
     *
     * @param idempotencyKey the caller's name for this request: with the same key and the same plant, the same stored
     *     plant is returned however often it is asked for
     */
    CompletableFuture<Plant> add(NewPlant plant, @Nullable String idempotencyKey, Arrival arrival);

    /** The plant of that id, or {@link Problem#PLANT_NOT_FOUND}. */
    CompletableFuture<Plant> find(String id, Arrival arrival);

    /**
     * A page of plants.
     *
     * @param afterId the id after which the page starts; from the beginning if null
     */
    CompletableFuture<PlantPage> list(int pageSize, @Nullable String afterId, Arrival arrival);

    /** Removes a plant, or fails with {@link Problem#PLANT_NOT_FOUND}. */
    CompletableFuture<Void> delete(String id, Arrival arrival);
}
