package dev.databasetraffic.plants.edge;

import java.util.concurrent.atomic.AtomicInteger;

/** Room for requests: for those in progress, and for those that a thread has yet to come to. */
final class Places {

    private final int most;
    private final AtomicInteger inProgress = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();

    Places(int most) {
        this.most = most;
    }

    /** For a request whose processing begins. */
    boolean take() {
        if (inProgress.incrementAndGet() <= most) {
            return true;
        }
        inProgress.decrementAndGet();
        return false;
    }

    void giveBack() {
        inProgress.decrementAndGet();
    }

    /** A request was handed to the threads, which will take a place for it. */
    void waits() {
        waiting.incrementAndGet();
    }

    void waitsNoMore() {
        waiting.decrementAndGet();
    }

    /** Whether who comes now would find none. */
    boolean areTaken() {
        return inProgress.get() + waiting.get() >= most;
    }
}
