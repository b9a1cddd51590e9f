package dev.databasetraffic.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the documents' footprint below the limit. Guarded by the store's lock. */
final class Memory {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFirestore.class);
    private static final double WARN_ABOVE = 0.8;
    /** Far enough below, so that one write more or less does not warn again. */
    private static final double CALM_BELOW = 0.7;

    private final long limit;
    private final Deque<Held> held = new ArrayDeque<>();
    private long used;
    private boolean warned;

    Memory(long limit) {
        this.limit = limit;
    }

    /** What a commit replaced or deleted, and somebody may still read: bytes. */
    private record Held(long commit, long bytes) {}

    /**
     * Counts a commit before it is made.
     *
     * @param growth bytes of the documents as they are to be, less those of what they replace and nobody reads any more
     * @param kept bytes of what they replace and somebody still reads
     * @param commit its number
     * @param oldestSnapshot the number of the last commit that is in what everybody reads
     * @throws io.grpc.StatusRuntimeException RESOURCE_EXHAUSTED if it goes beyond the limit
     */
    void change(long growth, long kept, long commit, long oldestSnapshot) {
        while (!held.isEmpty() && held.element().commit() <= oldestSnapshot) {
            used -= held.remove().bytes();
        }
        if (growth > 0 && used + growth > limit) {
            throw StatusExceptions.exhausted("The embedded Firestore stand-in is full: its documents take " + used
                    + " bytes of the " + limit + " that its limit allows. Delete some, or raise the limit.");
        }
        if (kept > 0) {
            held.add(new Held(commit, kept));
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
