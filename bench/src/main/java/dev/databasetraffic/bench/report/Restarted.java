package dev.databasetraffic.bench.report;

import dev.databasetraffic.bench.load.OpenResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One rolling restart under load.
 *
 * @param requests that were due
 * @param refused of them, as {@code failed}
 * @param failed neither acknowledged nor refused
 * @param ready seconds that the new one took, beside the load
 * @param p99Before of the requests that were acknowledged, in milliseconds, as the two others
 * @param p99Start while the new one started
 * @param p99After from when requests were led to the new one
 * @param wrong answers that said what the database does not
 */
public record Restarted(
        String subject,
        String form,
        long requests,
        long refused,
        long failed,
        double ready,
        double p99Before,
        double p99Start,
        double p99After,
        long wrong) {

    /**
     * @param begun when the new one was started
     * @param readyAt when it was ready, and led to
     * @param ended when the old one had ended
     */
    public static Restarted of(
            String subject, String form, Instant begun, Instant readyAt, Instant ended, OpenResult result, long wrong) {
        Instant last = result.to();
        if (!ended.isBefore(last)) {
            throw new IllegalStateException("The load had ended before the old one did");
        }
        return new Restarted(
                subject,
                form,
                result.due(),
                result.refused(),
                result.failed(),
                Duration.between(begun, readyAt).toMillis() / 1000.0,
                result.between(result.from(), begun).acknowledgedWithin(0.99),
                result.between(begun, readyAt).acknowledgedWithin(0.99),
                result.between(readyAt, last).acknowledgedWithin(0.99),
                wrong);
    }

    long notAcknowledged() {
        return refused + failed;
    }

    /** For who watches. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%-14s %-24s of %d requests %d refused, %d failed, new one ready after %.1f s; p99 %.1f before, %.1f "
                        + "meanwhile, %.1f after, %d wrong",
                subject,
                form,
                requests,
                refused,
                failed,
                ready,
                p99Before,
                p99Start,
                p99After,
                wrong);
    }
}
