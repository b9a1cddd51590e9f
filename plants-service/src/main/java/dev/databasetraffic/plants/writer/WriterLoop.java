package dev.databasetraffic.plants.writer;

import dev.databasetraffic.plants.firestore.WarmUp;
import dev.databasetraffic.plants.inventory.Arrival;
import dev.databasetraffic.plants.inventory.NewPlant;
import dev.databasetraffic.plants.inventory.Plants;
import dev.databasetraffic.plants.inventory.PlantsException;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Adds a plant at every interval once the service is warm, and says in one line each how it went. */
@Component
@ConditionalOnProperty("plants.writer.enabled")
class WriterLoop {

    /** Named for the demo's readers and its log filters, not for the class. */
    private static final Logger log = LoggerFactory.getLogger("plants.writer");

    private static final List<String> NAMES = List.of("sunflower", "lavender", "fern", "monstera", "basil", "cactus");

    private final Plants plants;
    private final WriterProperties properties;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("writer-"));

    WriterLoop(Plants plants, WriterProperties properties) {
        this.plants = plants;
        this.properties = properties;
    }

    @EventListener(WarmUp.Done.class)
    void start() {
        clock.scheduleAtFixedRate(this::write, 0, properties.interval().toNanos(), TimeUnit.NANOSECONDS);
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
    }

    private void write() {
        log.info("writing a new plant to Firestore...");
        String name = NAMES.get(ThreadLocalRandom.current().nextInt(NAMES.size()));
        plants.add(new NewPlant(name, 1), null, Arrival.now()).whenComplete((plant, failure) -> {
            if (failure == null) {
                log.info("✅ success");
            } else {
                log.warn(
                        "🚫 failed adding plant: {}",
                        PlantsException.unwrap(failure).getMessage());
            }
        });
    }
}
