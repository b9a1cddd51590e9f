package dev.databasetraffic.bench;

import dev.databasetraffic.bench.load.Load;
import dev.databasetraffic.bench.load.UnacknowledgedException;
import dev.databasetraffic.bench.report.Audit;
import dev.databasetraffic.bench.report.LoadResults;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.bench.report.Measurement;
import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.bench.running.DatabaseWire;
import dev.databasetraffic.bench.running.Hop;
import dev.databasetraffic.bench.running.Service;
import dev.databasetraffic.bench.running.Subject;
import dev.databasetraffic.kit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rounds of load. In each round each contestant gets a fresh database and a fresh process of its own, all of them up at
 * once, and the same warm-up. Then the loads come in slices that take turns, and in each among the contestants, so that
 * what is compared was measured within seconds: a machine that others share may be twice as fast in one minute as in the
 * next.
 */
final class Rounds {

    private final LoadOptions options;
    private final Databases databases;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Audit> audits = new ArrayList<>();

    Rounds(LoadOptions options, Databases databases) {
        this.options = options;
        this.databases = databases;
    }

    /** Starts one for each contestant and round. */
    interface Databases {

        BenchDatabase start(Path folder) throws IOException, InterruptedException;
    }

    /** @param name what the tables call it */
    record Contestant(String name, Subject subject, DatabaseWire wire) {}

    LoadResults run(List<Contestant> contestants, Map<String, String> settings)
            throws IOException, InterruptedException {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        int unclean = 0;
        for (int round = 1; round <= options.rounds(); round++) {
            int before = measurements.size();
            try {
                round(round, contestants.iterator(), new ArrayList<>());
            } catch (UnacknowledgedException e) {
                measurements.subList(before, measurements.size()).clear();
                System.err.println("round " + round + " counts for nothing: " + e.getMessage());
                unclean++;
                if (unclean == options.rounds()) {
                    throw e;
                }
            }
        }
        Map<String, String> described = new TreeMap<>(settings);
        if (unclean > 0) {
            described.put("rounds that count for nothing", Integer.toString(unclean));
        }
        List<String> names = contestants.stream().map(Contestant::name).toList();
        return new LoadResults(startedAt, machine, described, names, options.connections(), measurements, audits);
    }

    /** Starts who has not started, each within the one before, so that what a failure leaves behind is ended as well. */
    private void round(int round, Iterator<Contestant> toStart, List<Stand> stands)
            throws IOException, InterruptedException {
        if (!toStart.hasNext()) {
            round(round, stands);
            return;
        }
        Contestant contestant = toStart.next();
        Path folder = Files.createTempDirectory("bench-");
        try (BenchDatabase database = databases.start(folder);
                Hop hop = contestant.wire().open(database);
                Service service = contestant.subject().start(hop.endpoint(), database, folder)) {
            Stand stand = new Stand(contestant.name(), database, service, Load.in(folder));
            stand.check();
            stands.add(stand);
            round(round, toStart, stands);
        } finally {
            Folders.delete(folder);
        }
    }

    private void round(int round, List<Stand> stands) throws IOException, InterruptedException {
        for (Stand stand : stands) {
            stand.warmUp(options.warmUp(), Collections.max(options.connections()));
        }
        for (Stand stand : stands) {
            stand.awaitRest();
        }
        List<Stand> order = new ArrayList<>(stands);
        // The first slice of each load is still warm-up, because each takes ways of its own.
        for (int slice = 0; slice <= options.slices(); slice++) {
            for (int connections : options.connections()) {
                for (Stand stand : order) {
                    Measurement measurement = stand.measure(round, slice, connections, options.duration(), stands);
                    if (slice > 0) {
                        measurements.add(measurement);
                    }
                }
            }
            Collections.rotate(order, -1);
        }
        for (Stand stand : stands) {
            audits.add(stand.audit(round));
        }
    }
}
