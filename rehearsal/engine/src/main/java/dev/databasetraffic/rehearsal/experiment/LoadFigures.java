package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the load was, beside what it was to be: where it came late, what callers waited for was not the service alone.
 *
 * @param late from when a write was due until it was handed to a connection
 * @param ownCores how many processors the rehearsal's own process kept busy, with all that it carries
 * @param serviceCores likewise the service; absent where a place cannot tell
 * @param otherCores likewise what else the rehearsal runs on this machine, such as the database
 * @param processors how many there are
 */
public record LoadFigures(
        Figures.Latency late, double ownCores, @Nullable Double serviceCores, double otherCores, int processors) {

    private static final Duration IN_TIME = Duration.ofMillis(100);
    private static final double ONE_THREAD = 0.8;
    private static final double MOST = 0.9;

    /** Whether the load itself was what could not keep up. */
    public boolean cameLate() {
        return late.p99().compareTo(IN_TIME) > 0;
    }

    /** For a reader: what could not keep up, if the load came late. */
    String limit() {
        double most = MOST * processors;
        double together = ownCores + (serviceCores == null ? 0 : serviceCores);
        if (ownCores > ONE_THREAD || together > most) {
            return "The load";
        }
        return together + otherCores > most
                ? "This machine, which carries the rehearsal's database as well"
                : "What else this machine had to do";
    }

    /** For a reader: when writes left. */
    public String punctuality() {
        return "99 of 100 writes left within " + HumanDuration.format(late.p99()) + " of when they were due";
    }

    /** For a reader: who took how much of the machine. */
    public String shares() {
        return String.format(
                Locale.ROOT,
                "the rehearsal's process kept %.2f processors busy, what else it runs here %.2f, the service %s, of %d",
                ownCores,
                otherCores,
                serviceCores == null ? "an unknown share" : String.format(Locale.ROOT, "%.2f", serviceCores),
                processors);
    }
}
