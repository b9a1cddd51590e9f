package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Has both sides' code compiled and connections open before anything is measured. Its writes are in no ledger. */
final class WarmUpWrites {

    static final Duration AT_MOST = Duration.ofSeconds(15);

    private static final int WRITES = 20;

    private WarmUpWrites() {}

    /** Returns when the service acknowledged enough writes in a row. */
    static void run(Caller caller, Place place, String runId) throws InterruptedException, PlaceException {
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        Answer last = null;
        int inARow = 0;
        for (int n = 0; inARow < WRITES; n++) {
            if (System.nanoTime() > deadline) {
                throw new PlaceException("The steady state was not reached: " + place.service()
                        + " did not acknowledge " + WRITES + " writes in a row within "
                        + HumanDuration.format(AT_MOST) + "; its last answer was " + shown(last)
                        + ". Nothing was injected. See the service's log.");
            }
            last = Interruptibly.get(caller.ask(n, "warm-up-" + runId + "-" + n));
            inARow = last.outcome() == Outcome.ACKNOWLEDGED ? inARow + 1 : 0;
        }
    }

    private static String shown(@Nullable Answer answer) {
        return answer == null ? "none" : (answer.status() == 0 ? "" : answer.status() + " ") + answer.kind();
    }
}
