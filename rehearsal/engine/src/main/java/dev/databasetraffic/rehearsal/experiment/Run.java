package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rehearsal, from beginning to end: all that a report is made of. Times are since {@code start}.
 *
 * @param id part of the name of every plant that the run wrote
 * @param place where it ran: {@code local}, {@code compose}, {@code kubernetes}
 * @param problem why the run was not completed, for the person at the terminal; absent if it was
 * @param load how the load was; absent if there was none
 */
public record Run(
        String id,
        Experiment experiment,
        String place,
        Status status,
        @Nullable String problem,
        Instant start,
        Duration duration,
        Map<String, String> environment,
        List<String> notes,
        List<Event> events,
        List<Phase.Span> spans,
        Markers markers,
        Figures figures,
        Account account,
        Timeline timeline,
        @Nullable LoadFigures load,
        List<Check> checks) {

    /** How far a run came. */
    public enum Status {
        /** To its end; whether the hypothesis held is another question. */
        COMPLETED,
        /** Something other than the hypothesis failed: the steady state, the place, the restoration. */
        FAILED,
        /** Somebody ended it early; the outage was removed all the same. */
        INTERRUPTED
    }

    /** Something that the place, the callers or the rehearsal itself did. */
    public record Event(Duration at, String what) {}

    /** Whether the run was completed and no part of the hypothesis was broken. */
    public boolean held() {
        return status == Status.COMPLETED && broken().isEmpty();
    }

    /** How it ended, for a reader. */
    public String headline() {
        return switch (status) {
            case COMPLETED -> held() ? "The hypothesis held" : "The hypothesis did not hold";
            case FAILED -> "The rehearsal could not be completed";
            case INTERRUPTED -> "The rehearsal was interrupted";
        };
    }

    /** The parts of the hypothesis that did not hold. */
    public List<Check> broken() {
        return checks.stream()
                .filter(check -> check.result() == Check.Result.BROKEN)
                .toList();
    }

    /** When it ended. */
    public Instant end() {
        return start.plus(duration);
    }
}
