package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The moments that matter, since the run's start; absent if they never came. They are separate because a mesh lets open
 * connections live on: a rule that is applied has not cut anybody off yet.
 *
 * @param applied new connections follow the outage's rule
 * @param oldConnectionGone the last connection to the database has ended
 * @param diverted the first connection meant for the database arrived elsewhere, or was reset by the mesh
 * @param firstFailure the first caller was told of a failure
 * @param restored new connections reach the database again
 * @param firstSuccess the first write after that was acknowledged
 */
public record Markers(
        @Nullable Duration applied,
        @Nullable Duration oldConnectionGone,
        @Nullable Duration diverted,
        @Nullable Duration firstFailure,
        @Nullable Duration restored,
        @Nullable Duration firstSuccess) {

    /** Whether a caller was told of a failure while there was a way to the database still: another's was gone before. */
    public boolean failedBeforeCutOff() {
        Duration cutOff = cutOff();
        return cutOff != null && firstFailure != null && firstFailure.compareTo(cutOff) < 0;
    }

    /** From when on the application had no way to the database any more, as far as the place can tell. */
    public @Nullable Duration cutOff() {
        return oldConnectionGone != null ? oldConnectionGone : diverted != null ? diverted : applied;
    }
}
