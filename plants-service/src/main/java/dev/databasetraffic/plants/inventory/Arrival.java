package dev.databasetraffic.plants.inventory;

import java.time.Duration;

/**
 * When a request came to this service. Its deadline counts from here, for the caller's patience does too.
 *
 * @param nanoTime as of {@link System#nanoTime()}
 */
public record Arrival(long nanoTime) {

    /** Name of the request's attribute that holds it. */
    public static final String ATTRIBUTE = "plants.arrival";

    public static Arrival now() {
        return new Arrival(System.nanoTime());
    }

    /** How long ago it was. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
