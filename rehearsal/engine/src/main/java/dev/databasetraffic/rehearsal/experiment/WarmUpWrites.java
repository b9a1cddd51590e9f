package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Has both sides' code compiled and connections open before anything is measured: some writes in a row, then more and
 * more at once, up to the experiment's rate. There are more when the service bears as many as there are: its compiler
 * gets little of a processor for which hundreds of requests wait. They are in no ledger.
 */
final class WarmUpWrites {

    static final Duration AT_MOST = Duration.ofMinutes(2);

    /** For a service that bears no more than before. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int IN_A_ROW = 20;
    private static final Duration ROW_AT_MOST = Duration.ofSeconds(15);
    private static final int FIRST_RATE = 100;
    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Caller caller;
    private final Place place;
    private final Experiment experiment;
    private final String keys;

    private WarmUpWrites(Caller caller, Place place, Experiment experiment, String runId) {
        this.caller = caller;
        this.place = place;
        this.experiment = experiment;
        this.keys = "warm-up-" + runId + "-";
    }

    /**
     * Returns when the service acknowledges writes as often as the experiment begins them; or, if it does not come to that
     * in time or bears no more for a while, all the same, and what it does then is the run's to judge.
     */
    static void run(Caller caller, Place place, Experiment experiment, String runId)
            throws InterruptedException, PlaceException {
        long end = System.nanoTime() + AT_MOST.toNanos();
        WarmUpWrites warmUp = new WarmUpWrites(caller, place, experiment, runId);
        warmUp.rise(warmUp.row(), end);
    }

    /** Returns how many writes it took until enough were acknowledged in a row, or as many as a slow service did in the time. */
    private int row() throws InterruptedException, PlaceException {
        long deadline = System.nanoTime() + ROW_AT_MOST.toNanos();
        Answer last = null;
        int inARow = 0;
        int n = 0;
        for (; inARow < IN_A_ROW; n++) {
            if (System.nanoTime() > deadline) {
                if (n > 0 && inARow == n) {
                    // A slow service: what it has done without a failure is all that there was time for.
                    return n;
                }
                throw new PlaceException("The steady state was not reached: " + place.service()
                        + " did not acknowledge " + IN_A_ROW + " writes in a row within "
                        + HumanDuration.format(ROW_AT_MOST) + "; its last answer was " + shown(last)
                        + ". Nothing was injected. See the service's log.");
            }
            last = Interruptibly.get(caller.ask(n, keys + n));
            inARow = last.outcome() == Outcome.ACKNOWLEDGED ? inARow + 1 : 0;
        }
        return n;
    }

    private void rise(int first, long end) throws InterruptedException {
        Experiment.Load load = experiment.load();
        RunClock clock = RunClock.startNow();
        boolean reached = false;
        int next = first;
        int rate = Math.min(FIRST_RATE, load.rate());
        int most = 0;
        long giveUp = end;
        while (!reached && System.nanoTime() < Math.min(end, giveUp)) {
            Uncounted writes = new Uncounted(next);
            Experiment.Load step = new Experiment.Load(rate, load.concurrency(), load.timeout());
            try (OpenLoop loop = new OpenLoop(step, caller, writes, clock, n -> keys + n, late -> {})) {
                TimeUnit.NANOSECONDS.sleep(STEP.toNanos());
            }
            while (writes.inFlight() > 0 && System.nanoTime() < end) {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
            int begun = writes.next.get() - next;
            next += begun;
            boolean borne =
                    writes.acknowledged.get() >= begun * experiment.tolerances().steadySuccess();
            reached = borne && rate == load.rate();
            rate = borne ? Math.min(2 * rate, load.rate()) : rate;
            if (writes.acknowledged.get() > most) {
                most = writes.acknowledged.get();
                giveUp = System.nanoTime() + PATIENCE.toNanos();
            }
        }
    }

    private static String shown(@Nullable Answer answer) {
        return answer == null ? "none" : (answer.status() == 0 ? "" : answer.status() + " ") + answer.kind();
    }

    /** Some writes that nobody asks for later. */
    private static final class Uncounted implements Entries {

        private final AtomicInteger next;
        private final AtomicInteger inFlight = new AtomicInteger();
        private final AtomicInteger acknowledged = new AtomicInteger();

        Uncounted(int first) {
            next = new AtomicInteger(first);
        }

        @Override
        public int begin(long start) {
            inFlight.incrementAndGet();
            return next.getAndIncrement();
        }

        @Override
        public void end(int number, long end, Answer answer) {
            inFlight.decrementAndGet();
            if (answer.outcome() == Outcome.ACKNOWLEDGED) {
                acknowledged.incrementAndGet();
            }
        }

        @Override
        public int inFlight() {
            return inFlight.get();
        }
    }
}
