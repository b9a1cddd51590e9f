package dev.databasetraffic.channelguard;

/** What a guard knows of the far side, in the words of circuit breakers. */
public enum GuardState {
    /** The far side is there as far as is known; calls go their way. */
    CLOSED,
    /** The far side is known to be away; calls fail at once, and the guard keeps trying to connect. */
    OPEN,
    /** There is a connection, and the one call that asks whether the far side answers is under way; calls fail still. */
    HALF_OPEN
}
