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
 * Takes the whole path to Firestore before the service calls itself ready, and then bears a load of its own: a cold JVM's
 * first write costs more than the deadline of a caller, and its first thousand more than the processors have. Start-up
 * doesn't wait for it, so the service is alive, though not ready, while Firestore is away. Once ready, it stays so
 * whatever happens to Firestore.
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

    /** What a JVM has to do before it is fast. */
    public interface Load {

        Load NONE = longest -> CompletableFuture.completedFuture(null);

        /**
         * Ends when more would make the service no faster, or could not be carried out; leaves nothing behind.
         *
         * @param longest ends by then in any case
         */
        CompletableFuture<Void> run(Duration longest);
    }

    private final Path path;
    private final Load load;
    private final FirestoreProperties.WarmUp settings;
    private final ScheduledExecutorService scheduler;
    private final ApplicationEventPublisher events;
    private volatile boolean done;
    private boolean complained;

    WarmUp(
            Path path,
            Load load,
            FirestoreProperties.WarmUp settings,
            ScheduledExecutorService scheduler,
            ApplicationEventPublisher events) {
        this.path = path;
        this.load = load;
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
            log.info("The path to Firestore works");
            var unused = load.run(settings.load()).whenComplete((nothing, failure) -> ready());
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

    private void ready() {
        done = true;
        log.info("Warm");
        events.publishEvent(new Done());
    }

    @Override
    public Health health() {
        return done ? Health.up().build() : Health.outOfService().build();
    }
}
