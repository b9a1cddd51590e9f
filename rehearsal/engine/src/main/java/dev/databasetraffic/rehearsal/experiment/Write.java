package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;

/**
 * One write of the ledger.
 *
 * @param number counts from 0; the plant's name and the Idempotency-Key follow from it
 * @param start when it was due, since the run's start; a load generator that lags does not flatter the service
 * @param latency from {@code start} until its caller knew
 * @param settlement what was learned later of an ambiguous write
 */
public record Write(int number, Duration start, Duration latency, Answer answer, Settlement settlement) {

    /** What became of an ambiguous write when it was repeated with the same key. */
    public enum Settlement {
        /** There was nothing to settle. */
        NONE,
        /** The repetition was acknowledged: the plant is stored, and once. */
        WRITTEN,
        /** The time for settling ended without an answer that settles it. */
        UNRESOLVED
    }

    /** When its caller knew, since the run's start. */
    public Duration end() {
        return start.plus(latency);
    }

    /** Whether the service has told some caller, at once or when asked again, that the plant is stored. */
    public boolean promised() {
        return answer.outcome() == Outcome.ACKNOWLEDGED || settlement == Settlement.WRITTEN;
    }
}
