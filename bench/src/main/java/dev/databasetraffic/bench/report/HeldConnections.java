package dev.databasetraffic.bench.report;

import dev.databasetraffic.bench.load.OpenResult;
import dev.databasetraffic.bench.load.SilentConnections;
import dev.databasetraffic.bench.running.ServiceWatch;
import dev.databasetraffic.bench.running.ServiceWatch.Look;
import java.util.List;
import java.util.Locale;

/**
 * Connections that are opened and held in silence, while requests come on others as before.
 *
 * @param opened so many were
 * @param told so many of them were told that there are too many
 * @param toldP99 milliseconds until they were told so, in 99 of 100
 * @param longest of these
 * @param cost processor time of one, in parts of that of a request that is served
 * @param acknowledged share of the requests on other connections, 0 to 1
 * @param p99 of these, in milliseconds, and {@code p99Before} any was held
 */
public record HeldConnections(
        String subject,
        int round,
        int opened,
        int told,
        double toldP99,
        double longest,
        double cost,
        double acknowledged,
        double p99,
        double p99Before,
        double health) {

    /**
     * @param results before, during and after
     * @param looks as well
     */
    public static HeldConnections of(
            String subject,
            int round,
            ServiceLimit limit,
            SilentConnections silent,
            List<OpenResult> results,
            List<List<Look>> looks,
            double health) {
        OpenResult during = results.get(1);
        double more = ServiceWatch.cpuMicros(looks.get(1)) - ServiceWatch.cpuMicros(looks.get(0));
        return new HeldConnections(
                subject,
                round,
                silent.opened(),
                silent.told(),
                silent.toldWithin(0.99),
                silent.toldWithin(1),
                more / silent.opened() / limit.cost(),
                (double) during.acknowledged() / during.due(),
                during.acknowledgedWithin(0.99),
                results.get(0).acknowledgedWithin(0.99),
                health);
    }

    /** For who watches. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%-14s %d connections opened, %d told that they are too many within p99 %.1f ms, %.1f ms at most, at %.2f "
                        + "of a request each; of the others %.2f acknowledged, p99 %.1f, before %.1f, health %.0f ms",
                subject,
                opened,
                told,
                toldP99,
                longest,
                cost,
                acknowledged,
                p99,
                p99Before,
                health);
    }
}
