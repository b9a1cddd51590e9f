package dev.databasetraffic.rehearsal.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an interruption of the thread that opened this, and keeps the JVM alive until that thread
 * has rolled back, written its reports and closed this. The JVM then ends with the signal's own code: 130 or 143.
 */
final class Interruption implements AutoCloseable {

    /** Longer than any orderly end takes; what would outlive it is on a leash. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    Interruption() {
        Thread worker = Thread.currentThread();
        hook = new Thread(
                () -> {
                    worker.interrupt();
                    try {
                        if (!done.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                            System.err.println("rehearse: the end took too long; what was started ends by itself.");
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running: this close is what it waits for.
        }
    }
}
