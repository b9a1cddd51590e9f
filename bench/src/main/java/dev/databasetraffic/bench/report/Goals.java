package dev.databasetraffic.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What plants-service aims at, as ratios to its peers, and what was measured. */
public final class Goals {

    private final LoadResults results;
    private final String plants;
    private final List<List<String>> rows = new ArrayList<>();

    private Goals(LoadResults results, String plants) {
        this.results = results;
        this.plants = plants;
    }

    /** Those of a load without a pause. */
    public static String throughput(LoadResults results, String plants, String go, String spring) {
        Goals goals = new Goals(results, plants);
        goals.atLeast(2.0, go, 256, "writes/s", Measurement::writesPerSecond);
        goals.atLeast(2.0, go, 64, "writes/s", Measurement::writesPerSecond);
        goals.atLeast(1.2, go, 8, "writes/s", Measurement::writesPerSecond);
        goals.atMost(1.1, go, 1, "p50", Measurement::p50);
        goals.atMost(0.8, go, 64, "CPU per write", Measurement::serviceCpu);
        goals.atLeast(3.0, spring, 64, "writes/s", Measurement::writesPerSecond);
        goals.atMost(0.7, spring, 64, "RSS", Measurement::residentMegabytes);
        for (int connections : results.connections()) {
            goals.resident(connections);
        }
        return goals.table();
    }

    /** Those of the longest answers, before a database that does not pause. */
    public static String tail(LoadResults results, String plants, String go) {
        Goals goals = new Goals(results, plants);
        for (int connections : results.connections()) {
            goals.atMost(1.0, go, connections, "p99", Measurement::p99);
        }
        return goals.table();
    }

    private String table() {
        return Markdown.table(List.of("goal", "measured", "met"), rows);
    }

    private void atLeast(double goal, String peer, int connections, String what, ToDoubleFunction<Measurement> value) {
        if (results.has(plants, connections) && results.has(peer, connections)) {
            Spread measured = results.ratio(plants, peer, connections, value);
            row(
                    "%s at %d ≥ %.1f × %s".formatted(what, connections, goal, peer),
                    measured,
                    2,
                    measured.median() >= goal);
        }
    }

    private void atMost(double goal, String peer, int connections, String what, ToDoubleFunction<Measurement> value) {
        if (results.has(plants, connections) && results.has(peer, connections)) {
            Spread measured = results.ratio(plants, peer, connections, value);
            row(
                    "%s at %d ≤ %.1f × %s".formatted(what, connections, goal, peer),
                    measured,
                    2,
                    measured.median() <= goal);
        }
    }

    private void resident(int connections) {
        if (results.has(plants, connections)) {
            Spread megabytes = results.spread(plants, connections, Measurement::residentMegabytes);
            row("RSS at " + connections + " ≤ 200 MB", megabytes, 0, megabytes.median() <= 200);
        }
    }

    private void row(String goal, Spread measured, int digits, boolean met) {
        rows.add(List.of(goal, measured.withDigits(digits), Goal.met(met)));
    }
}
