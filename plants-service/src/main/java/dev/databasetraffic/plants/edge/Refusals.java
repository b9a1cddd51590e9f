package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was refused for too much load, or unread. The log tells it once a second, for a line each would cost more than the refusal. */
final class Refusals {

    private static final Logger log = LoggerFactory.getLogger("plants.requests");

    private final Counter overloaded;
    private final Counter futile;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong futileRequests = new AtomicLong();
    private final EachSecond load = new EachSecond(System::nanoTime);
    private final EachSecond absence = new EachSecond(System::nanoTime);

    Refusals(MeterRegistry registry) {
        overloaded = counter(Problem.OVERLOADED, registry);
        futile = counter(Problem.DATABASE_UNAVAILABLE, registry);
    }

    private static Counter counter(Problem problem, MeterRegistry registry) {
        return Counter.builder("plants.http.refused")
                .description(
                        "Requests and connections refused for too much load, or unread while the database was away")
                .tag("problem", problem.slug())
                .register(registry);
    }

    /** One for which there is no place. */
    void request() {
        requests.incrementAndGet();
        overloaded();
    }

    /** One for which there is no place. */
    void connection() {
        connections.incrementAndGet();
        overloaded();
    }

    private void overloaded() {
        overloaded.increment();
        if (load.isDue()) {
            log.warn(
                    "Overloaded: {} requests were refused, and {} connections",
                    requests.getAndSet(0),
                    connections.getAndSet(0));
        }
    }

    /** One that came while the database was away. */
    void futile() {
        futile.increment();
        futileRequests.incrementAndGet();
        if (absence.isDue()) {
            log.warn("The database is away: {} more requests were told so at once", futileRequests.getAndSet(0));
        }
    }
}
