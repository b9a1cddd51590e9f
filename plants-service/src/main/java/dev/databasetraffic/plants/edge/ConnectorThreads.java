package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.Arrival;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * The container's threads, with the time at which something to read was handed to them: under load that is long before
 * they come to read it, which is all that the container itself takes note of.
 */
final class ConnectorThreads implements Executor {

    private static final ThreadLocal<@Nullable Arrival> HANDED_OVER = new ThreadLocal<>();

    /** Of this thread. The container does not say what it hands over. */
    private static final ThreadLocal<Boolean> BEGINS = ThreadLocal.withInitial(() -> false);

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

    /**
     * Hands over what begins a request: until a thread comes to it, it waits for a place. All else is of requests that have
     * theirs, such as the end of one that was answered.
     *
     * @param container hands it to threads as these are
     */
    static boolean begin(BooleanSupplier container) {
        BEGINS.set(true);
        try {
            return container.getAsBoolean();
        } finally {
            BEGINS.remove();
        }
    }

    @Override
    public void execute(Runnable task) {
        Arrival now = Arrival.now();
        boolean begins = BEGINS.get();
        if (begins) {
            places.waits();
        }
        threads.execute(() -> {
            if (begins) {
                places.waitsNoMore();
            }
            HANDED_OVER.set(now);
            try {
                task.run();
            } finally {
                HANDED_OVER.remove();
            }
        });
    }
}
