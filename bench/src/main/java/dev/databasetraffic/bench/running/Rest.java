package dev.databasetraffic.bench.running;

import java.io.IOException;
import java.time.Duration;

/** What compilers and collectors need after a load before the next one can be measured. */
public final class Rest {

    private static final Duration WINDOW = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** CPU time in {@link #WINDOW} below which processes work at nothing. */
    private static final Duration IDLE = Duration.ofMillis(30);

    private Rest() {}

    /**
     * Waits until a service and its database have nothing left to do, which may take a core for many seconds.
     *
     * @throws IOException if they still work after two minutes
     */
    public static void await(String name, Service service, BenchDatabase database)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        Duration before;
        Duration now = used(service, database);
        do {
            before = now;
            Thread.sleep(WINDOW.toMillis());
            now = used(service, database);
            if (System.nanoTime() - end > 0) {
                throw new IOException(name + " or its database was still at work " + LONGEST.toSeconds()
                        + " s after the last request, so it would be measured beside that");
            }
        } while (now.minus(before).compareTo(IDLE) > 0);
    }

    private static Duration used(Service service, BenchDatabase database) throws IOException {
        return ProcessUse.cpu(service.pid()).plus(ProcessUse.cpu(database.pid()));
    }
}
