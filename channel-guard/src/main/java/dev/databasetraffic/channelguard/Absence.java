package dev.databasetraffic.channelguard;

import java.time.Duration;

/**
 * What is known of a far side that is away.
 *
 * @param reason for operators
 * @param since {@link System#nanoTime()} of the moment it was noticed
 */
public record Absence(String reason, long since) {

    /**
     * For how long it has been known.
     *
     * @return the time until now
     */
    public Duration lasted() {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
