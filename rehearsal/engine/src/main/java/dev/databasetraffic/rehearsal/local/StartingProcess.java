package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.kit.Child;
import dev.databasetraffic.kit.Readiness;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A process that was started and is to be waited for.
 *
 * @param quotable makes of its log what may be quoted of it
 */
record StartingProcess(String name, Child child, UnaryOperator<String> quotable) {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    private static final int QUOTED_LINES = 15;

    /**
     * Returns when it is ready.
     *
     * @param readiness is answered with status 200 from then on
     * @param hint what a person should know if it is not ready in time, after a colon; empty if there is nothing
     * @param trouble told in a sentence if the process ends by itself later
     * @throws PlaceException if it ends, or is not ready in time; with the end of its log
     */
    void awaitReady(URI readiness, Duration within, String hint, Consumer<String> trouble)
            throws PlaceException, InterruptedException {
        boolean ready = Readiness.await(within, POLL_INTERVAL, () -> {
            if (Readiness.answers(readiness)) {
                return true;
            }
            if (!child.isAlive()) {
                throw new PlaceException(name + " ended while it started, with exit code "
                        + child.exit().join() + "." + quotedLog());
            }
            return false;
        });
        if (!ready) {
            throw new PlaceException(name + " was not ready within " + within.toSeconds() + " s of its start"
                    + (hint.isEmpty() ? "" : ": " + hint) + "." + quotedLog());
        }
        child.onUnexpectedEnd(code ->
                trouble.accept(name + " ended by itself with exit code " + code + "; its log is " + child.log() + "."));
    }

    private String quotedLog() {
        return " The end of its log, " + child.log() + ":" + System.lineSeparator()
                + quotable.apply(child.lastLines(QUOTED_LINES));
    }
}
