package dev.databasetraffic.plants.inventory;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A request that could not be met. The message is for the log alone; callers get the {@link #problem()}.
 *
 * <p>It has no stack trace: it tells of the database or of the caller, not of our code, and thousands a second may be
 * thrown while the database is away.
 */
public final class PlantsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    public PlantsException(Problem problem, String message) {
        this(problem, message, null);
    }

    public PlantsException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** The failure itself, out of what futures wrap around it. */
    public static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
