package dev.databasetraffic.rehearsal.experiment;

/** Where an open loop enters the writes that it begins. Safe for use by many threads. */
interface Entries {

    /** Enters a write that is due at a time, in nanoseconds since the run's start; returns its number. */
    int begin(long start);

    /** Enters what the write's caller got, and when. The first answer counts. */
    void end(int number, long end, Answer answer);

    /** How many writes have begun but not ended. */
    int inFlight();
}
