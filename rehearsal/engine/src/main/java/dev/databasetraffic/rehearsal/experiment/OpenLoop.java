package dev.databasetraffic.rehearsal.experiment;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;

/**
 * Begins writes at a fixed rate until it is closed, whether or not earlier ones have returned, as independent callers
 * do. Writes over the limit in flight are entered into the ledger as not sent rather than left out.
 */
final class OpenLoop implements AutoCloseable {

    private static final Answer NOT_SENT = new Answer(Outcome.NOT_SENT, 0, "too many writes in flight", false);

    private final Experiment.Load load;
    private final Caller caller;
    private final Entries ledger;
    private final RunClock clock;
    private final IntFunction<String> keys;
    private final LongConsumer late;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Thread pacer = new Thread(this::pace, "open-loop");

    /**
     * Begins at once.
     *
     * @param late told of each write that leaves how long after it was due that is, in nanoseconds
     */
    OpenLoop(
            Experiment.Load load,
            Caller caller,
            Entries ledger,
            RunClock clock,
            IntFunction<String> keys,
            LongConsumer late) {
        this.load = load;
        this.caller = caller;
        this.ledger = ledger;
        this.clock = clock;
        this.keys = keys;
        this.late = late;
        pacer.setDaemon(true);
        pacer.start();
    }

    private void pace() {
        long first = clock.elapsed();
        for (long n = 0; running.get(); n++) {
            long due = first + n * 1_000_000_000L / load.rate();
            for (long ahead = due - clock.elapsed(); ahead > 0 && running.get(); ahead = due - clock.elapsed()) {
                LockSupport.parkNanos(this, ahead);
            }
            if (running.get()) {
                begin(due);
            }
        }
    }

    private void begin(long due) {
        boolean full = ledger.inFlight() >= load.concurrency();
        int number = ledger.begin(due);
        if (full) {
            ledger.end(number, clock.elapsed(), NOT_SENT);
        } else {
            caller.ask(number, keys.apply(number), () -> late.accept(clock.elapsed() - due))
                    .thenAccept(answer -> ledger.end(number, clock.elapsed(), answer));
        }
    }

    /** Begins no further write; those in flight go on. */
    @Override
    public void close() {
        running.set(false);
        LockSupport.unpark(pacer);
        try {
            pacer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
