package dev.databasetraffic.channelguard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a channel has been trying to connect, as far as looks at it tell, and whether that is too long. Not synchronized. */
final class ConnectAttempt {

    private final Limit limit;
    private @Nullable Long since;
    private boolean failedMeanwhile;

    /** @param timeout what an attempt may take, unless it was seen to need longer */
    ConnectAttempt(Duration timeout) {
        this.limit = new Limit(timeout, true);
    }

    /** Whether it is to be given up; the first that is asked about begins then. */
    boolean isOverdue(long now) {
        if (since == null) {
            since = now;
            failedMeanwhile = false;
        }
        if (now - since < limit.nanos()) {
            return false;
        }
        limit.passed();
        return true;
    }

    /** Takes note that it failed, and that the next one began. */
    void failed() {
        failedMeanwhile = true;
    }

    /** Takes note that there is a connection. */
    void succeeded(long now) {
        // Too quick to be seen, or after failures, it tells nothing but that it can be done.
        limit.took(since == null || failedMeanwhile ? 0 : now - since);
        since = null;
    }

    /** Takes note that it is under way no more, or that its time tells nothing. */
    void forget() {
        since = null;
    }
}
