package dev.databasetraffic.plants.edge;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.databasetraffic.plants.inventory.Problem;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem as RFC 9457 has it.
 *
 * @param type a URN that stays the same for ever
 * @param title a few words for people
 * @param status the HTTP status again
 * @param detail what happened and what can be done, for people
 * @param dependency the system that failed, if it is another
 * @param outcome what became of the change that was asked for
 * @param errors what exactly is wrong with the request, where more is known
 */
record ProblemBody(
        URI type,
        String title,
        int status,
        String detail,
        @Nullable String dependency,
        @Nullable Outcome outcome,
        @Nullable List<InvalidPart> errors) {

    private static final String FIRESTORE = "firestore.googleapis.com";

    /** What became of a change. */
    enum Outcome {
        @JsonProperty("not-written")
        NOT_WRITTEN,
        @JsonProperty("unknown")
        UNKNOWN
    }

    static ProblemBody of(Problem problem, int status, List<InvalidPart> errors) {
        Outcome outcome = switch (problem) {
            case DATABASE_UNAVAILABLE, DATABASE_REFUSED, OVERLOADED -> Outcome.NOT_WRITTEN;
            case OUTCOME_UNKNOWN -> Outcome.UNKNOWN;
            default -> null;
        };
        return new ProblemBody(
                problem.type(),
                problem.title(),
                status,
                problem.detail(),
                outcome == null ? null : FIRESTORE,
                outcome,
                errors.isEmpty() ? null : errors);
    }
}
