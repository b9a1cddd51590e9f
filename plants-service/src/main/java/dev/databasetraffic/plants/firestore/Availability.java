package dev.databasetraffic.plants.firestore;

import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Firestore can be reached, as far as the evidence goes. Logs each change of state once. */
final class Availability {

    private static final Logger log = LoggerFactory.getLogger(Availability.class);

    /**
     * Firestore is away.
     *
     * @param reason for operators
     * @param since {@link System#nanoTime()} of the moment it was noticed
     */
    record Away(String reason, long since) {}

    private final AtomicReference<@Nullable Away> away = new AtomicReference<>();
    private volatile long lastAnswer = System.nanoTime();
    private volatile boolean stalled;
    private volatile Runnable onAway = () -> {};

    /** What is known of an absence; null while Firestore is there. */
    @Nullable
    Away away() {
        return away.get();
    }

    /** Calls that after each change to away. */
    void onAway(Runnable listener) {
        onAway = listener;
    }

    /**
     * Takes note of a call's end.
     *
     * @param started {@link System#nanoTime()} when it began
     */
    void ended(long started, Status.Code code) {
        switch (code) {
            case DEADLINE_EXCEEDED, UNAVAILABLE -> {
                // One slow call among good ones is no outage.
                if (lastAnswer - started < 0) {
                    stalled |= code == Status.Code.DEADLINE_EXCEEDED;
                    goAway("a call ended " + code + " and none was answered since it began");
                }
            }
            case CANCELLED, INTERNAL, UNKNOWN -> {}
            default -> {
                lastAnswer = System.nanoTime();
                Away before = away.get();
                // An answer to an older call may be the last that came through.
                if (before != null && started - before.since() > 0 && away.compareAndSet(before, null)) {
                    stalled = false;
                    log.info(
                            "Firestore is back after {} ms",
                            Duration.ofNanos(System.nanoTime() - before.since()).toMillis());
                }
            }
        }
    }

    /** Takes note that Firestore cannot be reached. */
    void goAway(String reason) {
        if (away.compareAndSet(null, new Away(reason, System.nanoTime()))) {
            log.warn("Firestore is away: {}", reason);
            onAway.run();
        }
    }

    /** Whether the connection seems to be open and dead; asking resets it. */
    boolean takeStalled() {
        boolean was = stalled;
        stalled = false;
        return was;
    }
}
