package dev.databasetraffic.channelguard;

import io.grpc.CallOptions;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Whether calls go their way; read by every call. */
final class Circuit {

    private volatile GuardState state = GuardState.CLOSED;
    private volatile @Nullable Absence absence;
    private volatile boolean wanted;
    private volatile boolean resting;

    GuardState state() {
        return state;
    }

    @Nullable
    Absence absence() {
        return absence;
    }

    /** Why this call is to fail at once; null if it goes its way. */
    @Nullable
    Status refusal(CallOptions options) {
        Absence known = refusal();
        // Who waits for readiness waits.
        return known == null || options.isWaitForReady()
                ? null
                : Status.UNAVAILABLE.withDescription(
                        "away for " + known.lasted().toMillis() + " ms, and not asked: " + known.reason());
    }

    /** Why any call is to fail at once; null if it goes its way. The far side is missed by whoever asks. */
    @Nullable
    Absence refusal() {
        Absence known = absence;
        if (known == null) {
            return null;
        }
        wanted = true;
        // A guard that rests has no news to go by.
        return resting ? null : known;
    }

    /** Whether a call began since this was asked last, while the far side was away. */
    boolean takeWanted() {
        boolean was = wanted;
        wanted = false;
        return was;
    }

    void rest(boolean on) {
        resting = on;
    }

    /** Fails calls from now on; false if it did already. */
    synchronized boolean open(Absence known) {
        if (absence != null) {
            return false;
        }
        resting = false;
        wanted = true;
        state = GuardState.OPEN;
        absence = known;
        return true;
    }

    /** Whether the question is under way; false if that is no change, or no matter because calls go their way. */
    synchronized boolean asking(boolean on) {
        GuardState next = on ? GuardState.HALF_OPEN : GuardState.OPEN;
        if (absence == null || state == next) {
            return false;
        }
        state = next;
        return true;
    }

    /** Lets calls go their way again; returns what it was until now, or null if they did already. */
    synchronized @Nullable Closing close() {
        Absence known = absence;
        if (known == null) {
            return null;
        }
        Closing closing = new Closing(state, known);
        state = GuardState.CLOSED;
        absence = null;
        return closing;
    }

    /** How things were before calls went their way again. */
    record Closing(GuardState from, Absence absence) {}
}
