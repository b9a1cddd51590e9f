package dev.databasetraffic.plants.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was refused for too much load. The log tells it once a second, for a line each would cost more than the refusal. */
final class Refusals {

    private static final Logger log = LoggerFactory.getLogger("plants.requests");

    private static final long TOLD_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Counter counter;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong lastTold = new AtomicLong(System.nanoTime() - TOLD_EVERY);

    Refusals(MeterRegistry registry) {
        counter = Counter.builder("plants.http.refused")
                .description("Requests and connections refused because more came than can be served in time")
                .register(registry);
    }

    void request() {
        add(requests);
    }

    void connection() {
        add(connections);
    }

    private void add(AtomicLong untold) {
        counter.increment();
        untold.incrementAndGet();
        long now = System.nanoTime();
        long last = lastTold.get();
        if (now - last >= TOLD_EVERY && lastTold.compareAndSet(last, now)) {
            log.warn(
                    "Overloaded: {} requests were refused, and {} connections",
                    requests.getAndSet(0),
                    connections.getAndSet(0));
        }
    }
}
