package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.Arrival;
import java.util.concurrent.Executor;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * The container's threads, with the time at which something to read was handed to them: under load that is long before
 * they come to read it, which is all that the container itself takes note of.
 */
final class ConnectorThreads implements Executor {

    private static final ThreadLocal<@Nullable Arrival> HANDED_OVER = new ThreadLocal<>();

    private final Executor threads;
    private final Places places;

    ConnectorThreads(Executor threads, Places places) {
        this.threads = threads;
        this.places = places;
    }

    /** Of a request whose processing begins. */
    static Arrival arrivalOf(Request request) {
        Arrival handedOver = HANDED_OVER.get();
        // Another request that the same task reads came later.
        HANDED_OVER.remove();
        return handedOver == null ? new Arrival(request.getCoyoteRequest().getStartTimeNanos()) : handedOver;
    }

    @Override
    public void execute(Runnable task) {
        Arrival now = Arrival.now();
        places.waits();
        threads.execute(() -> {
            places.waitsNoMore();
            HANDED_OVER.set(now);
            try {
                task.run();
            } finally {
                HANDED_OVER.remove();
            }
        });
    }
}
