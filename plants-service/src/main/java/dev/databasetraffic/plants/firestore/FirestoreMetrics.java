package dev.databasetraffic.plants.firestore;

import dev.databasetraffic.plants.inventory.Arrival;
import dev.databasetraffic.plants.inventory.NewPlant;
import dev.databasetraffic.plants.inventory.Plant;
import dev.databasetraffic.plants.inventory.PlantPage;
import dev.databasetraffic.plants.inventory.Plants;
import dev.databasetraffic.plants.inventory.PlantsException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Times each operation by its outcome: {@code written}, {@code read}, or the slug of the problem. */
final class FirestoreMetrics implements Plants {

    static final String OPERATIONS = "plants.operations";

    private final Plants plants;
    private final MeterRegistry registry;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    FirestoreMetrics(Plants plants, MeterRegistry registry) {
        this.plants = plants;
        this.registry = registry;
    }

    @Override
    public CompletableFuture<Plant> add(NewPlant plant, @Nullable String idempotencyKey, Arrival arrival) {
        return timed("add", "written", () -> plants.add(plant, idempotencyKey, arrival));
    }

    @Override
    public CompletableFuture<Plant> find(String id, Arrival arrival) {
        return timed("find", "read", () -> plants.find(id, arrival));
    }

    @Override
    public CompletableFuture<PlantPage> list(int pageSize, @Nullable String afterId, Arrival arrival) {
        return timed("list", "read", () -> plants.list(pageSize, afterId, arrival));
    }

    @Override
    public CompletableFuture<Void> delete(String id, Arrival arrival) {
        return timed("delete", "written", () -> plants.delete(id, arrival));
    }

    private <T> CompletableFuture<T> timed(String operation, String success, Supplier<CompletableFuture<T>> call) {
        Timer.Sample sample = Timer.start(registry);
        return call.get()
                .whenComplete((result, failure) ->
                        sample.stop(timer(operation, failure == null ? success : outcome(failure))));
    }

    private static String outcome(Throwable failure) {
        return PlantsException.unwrap(failure) instanceof PlantsException known
                ? known.problem().slug()
                : "error";
    }

    private Timer timer(String operation, String outcome) {
        return timers.computeIfAbsent(
                operation + ' ' + outcome,
                key -> Timer.builder(OPERATIONS)
                        .description("Operations on the inventory, from acceptance to outcome")
                        .tag("operation", operation)
                        .tag("outcome", outcome)
                        .publishPercentileHistogram()
                        .register(registry));
    }
}
