package dev.databasetraffic.channelguard;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Tells by looks that come late that it is this machine that stood still, rather than the far side. Not synchronized. */
final class Standstill {

    /** By how much a look may be late without suspicion. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(200);

    private final long longest;
    private long lastLook;
    private long last;

    /** @param interval between two looks */
    Standstill(Duration interval, long now) {
        this.longest = interval.toNanos() + LATE;
        this.lastLook = now;
        this.last = now;
    }

    /** Takes note of a look; true if it is late. */
    boolean looked(long now) {
        boolean late = isNow(now);
        if (late) {
            last = now;
        }
        lastLook = now;
        return late;
    }

    /** Whether the machine stood still between that moment and now. */
    boolean since(long moment, long now) {
        return isNow(now) || last - moment > 0;
    }

    private boolean isNow(long now) {
        return now - lastLook > longest;
    }
}
