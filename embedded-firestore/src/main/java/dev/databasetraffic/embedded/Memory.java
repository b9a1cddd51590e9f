package dev.databasetraffic.embedded;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the documents' footprint below the limit. Guarded by the store's lock. */
final class Memory {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFirestore.class);
    private static final double WARN_ABOVE = 0.8;
    /** Far enough below, so that one write more or less does not warn again. */
    private static final double CALM_BELOW = 0.7;

    private final long limit;
    private long used;
    private long held;
    private boolean warned;

    Memory(long limit) {
        this.limit = limit;
    }

    /**
     * Counts a change before it is made.
     *
     * @param snapshots whether somebody still holds what the change would free
     * @throws io.grpc.StatusRuntimeException RESOURCE_EXHAUSTED if it goes beyond the limit
     */
    void change(long growth, boolean snapshots) {
        if (!snapshots) {
            used -= held;
            held = 0;
        }
        if (growth < 0 && snapshots) {
            held -= growth;
            return;
        }
        if (growth > 0 && used + growth > limit) {
            throw StatusExceptions.exhausted("The embedded Firestore stand-in is full: its documents take " + used
                    + " bytes of the " + limit + " that its limit allows. Delete some, or raise the limit.");
        }
        used += growth;
        if (used > limit * WARN_ABOVE && !warned) {
            LOG.warn(
                    "The embedded Firestore stand-in is nearly full: its documents take {} of {} bytes."
                            + " It will refuse writes with RESOURCE_EXHAUSTED.",
                    used,
                    limit);
        }
        warned = used > limit * (warned ? CALM_BELOW : WARN_ABOVE);
    }

    long used() {
        return used;
    }
}
