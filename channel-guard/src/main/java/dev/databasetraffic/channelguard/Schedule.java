package dev.databasetraffic.channelguard;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Has a channel looked at again and again, until it is shut down or nobody has it any more. */
final class Schedule implements Runnable {

    private static final System.Logger log = System.getLogger("dev.databasetraffic.channelguard");

    private final WeakReference<GuardedChannel> channel;
    private final Runnable release;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Future<?> task;

    /** @param release called once, at the end */
    Schedule(GuardedChannel channel, Runnable release) {
        this.channel = new WeakReference<>(channel);
        this.release = release;
    }

    void start(ScheduledExecutorService scheduler, Duration interval) {
        task = scheduler.scheduleWithFixedDelay(this, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        GuardedChannel known = channel.get();
        if (known == null) {
            end();
            return;
        }
        try {
            known.look();
        } catch (RuntimeException | Error e) {
            // The next look may fare better, and without one the channel would stay as it is for ever.
            log.log(System.Logger.Level.ERROR, "the guard of " + known.name() + " failed", e);
        }
    }

    /** Ends it; true if it had not ended before. */
    boolean end() {
        Future<?> known = task;
        if (known != null) {
            known.cancel(false);
        }
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        release.run();
        return true;
    }
}
