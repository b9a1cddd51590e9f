package dev.databasetraffic.channelguard;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** The one thread of all guards that were given none; there while there is a guard. */
final class SharedScheduler {

    private static int guards;
    private static @Nullable ScheduledExecutorService scheduler;

    private SharedScheduler() {}

    static synchronized ScheduledExecutorService acquire() {
        guards++;
        ScheduledExecutorService known = scheduler;
        if (known == null) {
            known = start();
            scheduler = known;
        }
        return known;
    }

    /** Once for each {@link #acquire}. */
    static synchronized void release() {
        guards--;
        if (guards == 0 && scheduler != null) {
            scheduler.shutdown();
            scheduler = null;
        }
    }

    private static ScheduledExecutorService start() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "channel-guard");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
