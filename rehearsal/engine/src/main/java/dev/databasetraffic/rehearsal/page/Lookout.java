package dev.databasetraffic.rehearsal.page;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has somebody look once a second, on a thread of its own: what takes long there keeps nobody waiting elsewhere. Its
 * methods belong to one thread.
 */
final class Lookout implements Executor, AutoCloseable {

    private static final Duration PACE = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread made = new Thread(task, "page-looks");
        made.setDaemon(true);
        return made;
    });
    private final Runnable look;
    private @Nullable ScheduledFuture<?> looking;
    private CompletableFuture<Void> seen = new CompletableFuture<>();

    /** @param look what is done once a second, between {@link #begin} and {@link #end} */
    Lookout(Runnable look) {
        this.look = look;
        thread.setRemoveOnCancelPolicy(true);
    }

    /** Goes on if it has begun. Returns what is done after the first look. */
    CompletableFuture<Void> begin() {
        if (looking == null) {
            seen = new CompletableFuture<>();
            looking = thread.scheduleWithFixedDelay(look, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
        }
        return seen;
    }

    /** To be called when what a look saw is known. */
    void seen() {
        seen.complete(null);
    }

    boolean isLooking() {
        return looking != null;
    }

    void end() {
        if (looking != null) {
            looking.cancel(false);
            looking = null;
        }
    }

    /** Does something between two looks. */
    @Override
    public void execute(Runnable task) {
        if (!thread.isShutdown()) {
            thread.execute(task);
        }
    }

    /** What is to be done between two looks is done yet. */
    @Override
    public void close() {
        end();
        thread.shutdown();
    }
}
