package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.Arrival;
import org.jspecify.annotations.Nullable;

/**
 * What a thread is told by the one that saw something come for it to read: when that was, which under load is long before it
 * is read and all that the container itself takes note of, and whether the request that begins has its place already.
 *
 * @param places where it has one; null where it has none
 */
record Beginning(Arrival arrival, @Nullable Places places) {

    /** Of this thread. The container hands nothing of the kind over. */
    private static final ThreadLocal<@Nullable Beginning> CURRENT = new ThreadLocal<>();

    /** What this thread was told; null the second time, for it is told of one request alone. */
    static @Nullable Beginning claim() {
        Beginning current = CURRENT.get();
        CURRENT.remove();
        return current;
    }

    /** What runs may claim it; if it does not, no request has begun, and its place is given back. */
    void during(Runnable reading) {
        CURRENT.set(this);
        try {
            reading.run();
        } finally {
            if (claim() != null && places != null) {
                places.giveBack();
            }
        }
    }
}
