package dev.databasetraffic.channelguard;

import io.grpc.CallOptions;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Whether calls go their way; read by every call, changed by the {@link Watch} alone. */
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
        Absence known = absence;
        if (known == null) {
            return null;
        }
        wanted = true;
        // Who waits for readiness waits, and a guard that rests has no news to go by.
        return options.isWaitForReady() || resting
                ? null
                : Status.UNAVAILABLE.withDescription(
                        "away for " + known.lasted().toMillis() + " ms, and not asked: " + known.reason());
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

    void open(Absence known) {
        resting = false;
        wanted = true;
        state = GuardState.OPEN;
        absence = known;
    }

    /** While open: whether the question is under way. */
    void asking(boolean on) {
        state = on ? GuardState.HALF_OPEN : GuardState.OPEN;
    }

    void close() {
        state = GuardState.CLOSED;
        absence = null;
    }
}
