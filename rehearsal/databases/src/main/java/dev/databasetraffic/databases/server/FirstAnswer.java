package dev.databasetraffic.databases.server;

import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Source;
import dev.databasetraffic.kit.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Waits until a server answers its own driver; that its port is open says little.
 *
 * @param title the server's name
 * @param isAlive whether waiting still has a point
 * @param lastWords what it told of late
 */
record FirstAnswer(
        String title, Source source, Duration atMost, Supplier<Boolean> isAlive, Supplier<String> lastWords) {

    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration ONE_TRY = Duration.ofSeconds(5);

    /** What a server is asked until it can do it. */
    interface Question<T> {
        T ask(Source source) throws DatabaseException;
    }

    /**
     * The first answer.
     *
     * @throws DatabaseException if the server ends, or the time is up
     */
    <T> T to(Question<T> question) throws DatabaseException, InterruptedException {
        List<T> answer = new ArrayList<>();
        DatabaseException[] refusal = {new DatabaseException("it was not asked in time.")};
        boolean answered = Readiness.await(atMost, PACE, () -> {
            try {
                return answer.add(question.ask(source.within(ONE_TRY)));
            } catch (DatabaseException e) {
                refusal[0] = e;
                return alive(e);
            }
        });
        if (!answered) {
            throw failure("did not answer within " + atMost.toSeconds() + " s of its start", refusal[0]);
        }
        return answer.get(0);
    }

    private boolean alive(DatabaseException refusal) throws DatabaseException {
        if (!isAlive.get()) {
            throw failure("ended while it started", refusal);
        }
        return false;
    }

    private DatabaseException failure(String what, DatabaseException refusal) {
        return new DatabaseException(
                title + " at " + source.address() + " " + what + ": " + refusal.getMessage() + " Its last words:"
                        + System.lineSeparator() + lastWords.get(),
                refusal);
    }
}
