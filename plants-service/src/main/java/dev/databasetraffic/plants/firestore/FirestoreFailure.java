package dev.databasetraffic.plants.firestore;

import com.google.api.gax.rpc.ApiException;
import com.google.common.base.Splitter;
import dev.databasetraffic.plants.inventory.PlantsException;
import dev.databasetraffic.plants.inventory.Problem;
import io.grpc.Status;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call to Firestore, or one write of it, that failed; without a stack trace, for it tells nothing of our code. */
final class FirestoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Answers that waiting does not change. */
    private static final Set<Status.Code> REFUSALS = EnumSet.of(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.NOT_FOUND,
            Status.Code.PERMISSION_DENIED,
            Status.Code.FAILED_PRECONDITION,
            Status.Code.OUT_OF_RANGE,
            Status.Code.UNIMPLEMENTED,
            Status.Code.UNAUTHENTICATED);

    private final Status.Code code;
    private final boolean mayHaveBeenApplied;

    FirestoreFailure(Status.Code code, @Nullable String text, boolean mayHaveBeenApplied) {
        super(text == null || text.isEmpty() ? code.name() : code.name() + " " + firstLine(text), null, false, false);
        this.code = code;
        this.mayHaveBeenApplied = mayHaveBeenApplied;
    }

    static FirestoreFailure of(Throwable failure, boolean mayHaveBeenApplied) {
        if (failure instanceof FirestoreFailure known) {
            return known;
        }
        Status.Code code = failure instanceof ApiException api
                ? Status.Code.valueOf(api.getStatusCode().getCode().name())
                : Status.fromThrowable(failure).getCode();
        Status status = Status.fromThrowable(failure);
        String text = status.getDescription() == null ? failure.getMessage() : status.getDescription();
        Throwable cause = status.getCause();
        return new FirestoreFailure(code, cause == null ? text : text + " (" + cause + ")", mayHaveBeenApplied);
    }

    Status.Code code() {
        return code;
    }

    /** What the caller of a write is told. */
    PlantsException toException() {
        Problem problem = mayHaveBeenApplied
                ? Problem.OUTCOME_UNKNOWN
                : REFUSALS.contains(code) ? Problem.DATABASE_REFUSED : Problem.DATABASE_UNAVAILABLE;
        return new PlantsException(problem, String.valueOf(getMessage()));
    }

    /** Netty's descriptions go on with the whole pipeline in lines of their own. */
    private static String firstLine(String text) {
        return Splitter.on('\n').split(text).iterator().next();
    }
}
