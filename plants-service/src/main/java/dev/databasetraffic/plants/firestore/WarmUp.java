package dev.databasetraffic.plants.firestore;

import dev.databasetraffic.plants.inventory.PlantsException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;

/**
 * Takes the whole path to Firestore before the service calls itself ready: a cold JVM's first write costs more than the
 * deadline of a caller. Start-up doesn't wait for it, so the service is alive, though not ready, while Firestore is
 * away. Once ready, it stays so whatever happens to Firestore.
 */
public final class WarmUp implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    /** Published when the path is warm. */
    public record Done() {}

    /** What is to be warmed. */
    interface Path {

        /** Reads and writes without leaving anything behind. */
        CompletableFuture<Void> exercise(Duration limit);
    }

    private final Path path;
    private final FirestoreProperties.WarmUp settings;
    private final ScheduledExecutorService scheduler;
    private final ApplicationEventPublisher events;
    private volatile boolean done;
    private boolean complained;

    WarmUp(
            Path path,
            FirestoreProperties.WarmUp settings,
            ScheduledExecutorService scheduler,
            ApplicationEventPublisher events) {
        this.path = path;
        this.settings = settings;
        this.scheduler = scheduler;
        this.events = events;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        round(settings.rounds());
    }

    private void round(int left) {
        if (left == 0) {
            done = true;
            log.info("Warm: the path to Firestore works");
            events.publishEvent(new Done());
            return;
        }
        path.exercise(settings.deadline()).whenComplete((nothing, failure) -> {
            if (failure == null) {
                scheduler.execute(() -> round(left - 1));
                return;
            }
            if (!complained) {
                complained = true;
                log.warn(
                        "Not ready until Firestore can be reached: {}",
                        PlantsException.unwrap(failure).getMessage());
            }
            scheduler.schedule(() -> round(left), settings.retryInterval().toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public Health health() {
        return done ? Health.up().build() : Health.outOfService().build();
    }
}
