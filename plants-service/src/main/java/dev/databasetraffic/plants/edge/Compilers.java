package dev.databasetraffic.plants.edge;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The JVM's own, which make it faster while they take its processors. */
final class Compilers {

    private static final Duration LOOK = Duration.ofMillis(100);

    /** Who works for less than a fifth of the time has nothing left to do. */
    private static final Duration IDLE = LOOK.dividedBy(5);

    /** What takes them longer is better told what else there is. */
    private static final Duration LONGEST = Duration.ofMillis(1500);

    private final @Nullable CompilationMXBean told = ManagementFactory.getCompilationMXBean();

    /** For how long they have worked, all together; always 0 where the JVM does not tell. */
    Duration worked() {
        CompilationMXBean compilers = told;
        return compilers == null || !compilers.isCompilationTimeMonitoringSupported()
                ? Duration.ZERO
                : Duration.ofMillis(compilers.getTotalCompilationTime());
    }

    /**
     * Waits until they have caught up with what is to be compiled, where the JVM tells.
     *
     * @param end as of {@link System#nanoTime}
     */
    void awaitCaughtUp(long end) throws InterruptedException {
        if (worked().isZero()) {
            return;
        }
        long longest = System.nanoTime() + LONGEST.toNanos();
        Duration before;
        Duration now = worked();
        do {
            before = now;
            Thread.sleep(LOOK.toMillis());
            now = worked();
        } while (now.minus(before).compareTo(IDLE) > 0
                && System.nanoTime() - longest < 0
                && System.nanoTime() - end < 0);
    }
}
