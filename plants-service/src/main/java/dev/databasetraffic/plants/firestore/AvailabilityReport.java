package dev.databasetraffic.plants.firestore;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Tells operators whether Firestore can be reached, as health and as metrics; asks nothing of Firestore itself. */
final class AvailabilityReport implements HealthIndicator, MeterBinder {

    private final Availability availability;
    private final ManagedChannel channel;
    private final WriteQueue queue;

    AvailabilityReport(Availability availability, ManagedChannel channel, WriteQueue queue) {
        this.availability = availability;
        this.channel = channel;
        this.queue = queue;
    }

    @Override
    public Health health() {
        Availability.Away away = availability.away();
        if (away == null) {
            return Health.up()
                    .withDetail("channel", channel.getState(false).name())
                    .build();
        }
        return Health.down()
                .withDetail("channel", channel.getState(false).name())
                .withDetail("reason", away.reason())
                .withDetail(
                        "awayFor",
                        Duration.ofNanos(System.nanoTime() - away.since()).toString())
                .build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("plants.firestore.available", availability, known -> known.away() == null ? 1 : 0)
                .description("1 while Firestore can be reached, as far as is known")
                .register(registry);
        Gauge.builder("plants.firestore.queue", queue, WriteQueue::size)
                .description("Writes that wait for a call to carry them")
                .register(registry);
        for (ConnectivityState state : ConnectivityState.values()) {
            Gauge.builder("plants.firestore.channel", channel, c -> c.getState(false) == state ? 1 : 0)
                    .description("1 for the state that the channel to Firestore is in")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }
}
