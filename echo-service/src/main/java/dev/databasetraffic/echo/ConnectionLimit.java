package dev.databasetraffic.echo;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in as many connections as may be open at once. Thread-safe. */
final class ConnectionLimit {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

    private final int maximum;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean full = new AtomicBoolean();

    ConnectionLimit(int maximum) {
        this.maximum = maximum;
    }

    /** Takes a place, to be {@linkplain #leave() left} when the connection is over; false if there is none. */
    boolean enter() {
        if (open.incrementAndGet() <= maximum) {
            return true;
        }
        open.decrementAndGet();
        if (full.compareAndSet(false, true)) {
            LOG.warn("full: {} connections are open, more are reset until one ends (echo.limits.connections)", maximum);
        }
        return false;
    }

    void leave() {
        open.decrementAndGet();
        // Once half are gone, being full again is news.
        if (open.get() <= maximum / 2) {
            full.set(false);
        }
    }
}
