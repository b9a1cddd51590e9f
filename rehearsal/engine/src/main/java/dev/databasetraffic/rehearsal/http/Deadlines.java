package dev.databasetraffic.rehearsal.http;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Calls whose time runs. All may take equally long, so the order in which they came is that in which their time is up:
 * one timer is enough, and a call that ends in time costs none. Confined to a thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the timer ends with its thread
final class Deadlines {

    private final EventExecutor thread;
    private final long nanos;
    private final Consumer<HttpCall> expired;
    private final Set<HttpCall> calls = new LinkedHashSet<>();
    private boolean watching;

    /** @param expired told of each call whose time is up, which is none of these any more */
    Deadlines(EventExecutor thread, Duration each, Consumer<HttpCall> expired) {
        this.thread = thread;
        this.nanos = each.toNanos();
        this.expired = expired;
    }

    void add(HttpCall call) {
        call.endsAt(System.nanoTime() + nanos);
        calls.add(call);
        watch();
    }

    /** Whether it was one of these. */
    boolean remove(HttpCall call) {
        return calls.remove(call);
    }

    private void watch() {
        if (!watching && !calls.isEmpty()) {
            watching = true;
            long left = calls.iterator().next().deadline() - System.nanoTime();
            thread.schedule(this::sweep, Math.max(0, left), TimeUnit.NANOSECONDS);
        }
    }

    private void sweep() {
        watching = false;
        long now = System.nanoTime();
        for (Iterator<HttpCall> first = calls.iterator(); first.hasNext(); first = calls.iterator()) {
            HttpCall call = first.next();
            if (call.deadline() - now > 0) {
                break;
            }
            first.remove();
            expired.accept(call);
        }
        watch();
    }
}
