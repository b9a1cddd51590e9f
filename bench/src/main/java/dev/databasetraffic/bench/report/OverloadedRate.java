package dev.databasetraffic.bench.report;

import dev.databasetraffic.bench.load.OpenResult;
import dev.databasetraffic.bench.running.ServiceWatch.Look;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One rate of one start.
 *
 * @param scenario what was asked
 * @param there for what part of the time there was a way to the database, 0 to 1
 * @param stage its place among the rates that followed each other, from 0
 * @param capacity what the subject can serve, per second
 * @param served microseconds of processor time that a request costs there
 * @param load offered, in parts of that
 * @param goodput acknowledged, in parts of that
 * @param refused share of what was due, 0 to 1; as {@code failed} and {@code notSent}
 * @param failed neither acknowledged nor refused
 * @param p99 of the acknowledged, in milliseconds from when their requests were due, as the other times
 * @param refusedP99 of the refused; NaN if none was
 * @param sentLateP99 how late requests were sent
 * @param refusalCost processor time of a refusal, in parts of that of a request that is served; NaN if none was
 * @param normalAfter seconds until requests were answered as usual again
 * @param health longest time that the service took to say how it is, in milliseconds
 * @param threads most of them
 * @param wrong answers that said what the database does not
 */
public record OverloadedRate(
        String subject,
        String scenario,
        double there,
        int round,
        int stage,
        double capacity,
        double served,
        double load,
        double goodput,
        double refused,
        double failed,
        double notSent,
        double p50,
        double p99,
        double refusedP99,
        double longest,
        double sentLateP99,
        double refusalCost,
        double normalAfter,
        double health,
        double threads,
        double residentMegabytes,
        long wrong) {

    /**
     * @param there as the record's
     * @param looks at the service meanwhile
     */
    public static OverloadedRate of(
            String subject,
            String scenario,
            double there,
            int round,
            int stage,
            ServiceLimit limit,
            OpenResult result,
            List<Look> looks,
            Duration normalAfter,
            double health,
            long wrong) {
        double due = result.due();
        return new OverloadedRate(
                subject,
                scenario,
                there,
                round,
                stage,
                limit.perSecond(),
                limit.cost(),
                result.stage().rate() / limit.perSecond(),
                result.goodput() / limit.perSecond(),
                result.refused() / due,
                result.failed() / due,
                result.notSent() / due,
                result.acknowledgedWithin(0.5),
                result.acknowledgedWithin(0.99),
                result.refusedWithin(0.99),
                result.longest(),
                result.sentLate(0.99),
                refusalCost(limit.cost(), result, looks),
                normalAfter.toMillis() / 1000.0,
                health,
                looks.stream().mapToDouble(Look::threads).max().orElse(Double.NaN),
                looks.stream().mapToDouble(Look::residentMegabytes).max().orElse(Double.NaN),
                wrong);
    }

    private static double refusalCost(double served, OpenResult result, List<Look> looks) {
        // Of fewer it cannot be told from what else happens.
        if (looks.isEmpty() || result.refused() < result.due() / 10) {
            return Double.NaN;
        }
        double used =
                looks.get(looks.size() - 1).cpu().minus(looks.get(0).cpu()).toNanos() / 1000.0;
        return (used - served * result.acknowledged()) / result.refused() / served;
    }

    boolean isOverload() {
        return load > 1;
    }

    /** Acknowledged, in parts of what can be while there is a way to the database. */
    double goodputOfPossible() {
        return goodput / there;
    }

    /** The one that follows an overload. */
    boolean isAfter(OverloadedRate before) {
        return subject.equals(before.subject)
                && scenario.equals(before.scenario)
                && round == before.round
                && stage == before.stage + 1;
    }

    /** Such as {@code 2.0}; a fraction of it that the limit's rounding leaves is not told. */
    String loadText() {
        return String.format(Locale.ROOT, "%.1f", load);
    }

    /** For who watches. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%-14s %s  %.1f × %5.0f/s (%.0f µs each): %.2f acknowledged, %4.1f %% refused, %4.1f %% failed (%.1f %% not sent), "
                        + "p50 %.1f p99 %.1f, refused p99 %.1f, longest %.0f ms, sent late %.1f, a refusal costs %.2f, "
                        + "normal after %.2f s, health %.0f ms, %.0f threads, %.0f MB, %d wrong",
                subject,
                scenario,
                load,
                capacity,
                served,
                goodput,
                100 * refused,
                100 * failed,
                100 * notSent,
                p50,
                p99,
                refusedP99,
                longest,
                sentLateP99,
                refusalCost,
                normalAfter,
                health,
                threads,
                residentMegabytes,
                wrong);
    }
}
