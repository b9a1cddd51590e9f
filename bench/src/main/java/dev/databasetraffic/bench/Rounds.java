package dev.databasetraffic.bench;

import dev.databasetraffic.bench.load.Contract;
import dev.databasetraffic.bench.load.Ledger;
import dev.databasetraffic.bench.load.Load;
import dev.databasetraffic.bench.load.LoadResult;
import dev.databasetraffic.bench.report.Audit;
import dev.databasetraffic.bench.report.LoadResults;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.bench.report.Measurement;
import dev.databasetraffic.bench.running.Cpu;
import dev.databasetraffic.bench.running.Database;
import dev.databasetraffic.bench.running.ProcessUse;
import dev.databasetraffic.bench.running.Service;
import dev.databasetraffic.bench.running.Subject;
import dev.databasetraffic.bench.running.Wire;
import dev.databasetraffic.emulator.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of load. In each round each contestant gets a fresh emulator and a fresh process of its own, the same warm-up and
 * then each load in turn; every round begins with another contestant.
 */
final class Rounds {

    private static final int WARM_UP_CONNECTIONS = 64;

    private final LoadOptions options;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Audit> audits = new ArrayList<>();

    Rounds(LoadOptions options) {
        this.options = options;
    }

    /** @param name what the tables call it */
    record Contestant(String name, Subject subject, Wire wire) {}

    LoadResults run(List<Contestant> contestants, Map<String, String> settings)
            throws IOException, InterruptedException {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        List<Contestant> order = new ArrayList<>(contestants);
        for (int round = 1; round <= options.rounds(); round++) {
            for (Contestant contestant : order) {
                round(contestant, round);
            }
            Collections.rotate(order, -1);
        }
        List<String> names = contestants.stream().map(Contestant::name).toList();
        return new LoadResults(startedAt, machine, settings, names, options.connections(), measurements, audits);
    }

    private void round(Contestant contestant, int round) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bench-");
        try (Database database = Database.start(folder);
                Wire.Hop hop = contestant.wire().open(database);
                Service service = contestant.subject().start(hop.endpoint(), database, folder)) {
            service.awaitFirstWrite();
            Contract.check(service);
            Load load = Load.in(folder);
            Ledger ledger = new Ledger();
            LoadResult warm = load.warmUp(service, WARM_UP_CONNECTIONS, "warm-", options.warmUp());
            ledger.enter("warm-", warm);
            long acknowledged = warm.acknowledged();
            for (int connections : options.connections()) {
                String prefix = "with" + connections + "-";
                Measurement measurement =
                        measure(contestant, round, connections, prefix, service, database, load, ledger);
                acknowledged += measurement.acknowledged();
            }
            @Nullable String difference = ledger.compare(database).orElse(null);
            audits.add(new Audit(contestant.name(), round, acknowledged, difference));
            if (difference != null) {
                System.err.println("  not accounted for: " + difference);
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private Measurement measure(
            Contestant contestant,
            int round,
            int connections,
            String prefix,
            Service service,
            Database database,
            Load load,
            Ledger ledger)
            throws IOException, InterruptedException {
        OptionalLong allocatedBefore = service.allocatedBytes();
        long startedAt = System.nanoTime();
        Cpu before = Cpu.now(service, database);
        LoadResult seen = load.run(service, connections, prefix, options.duration());
        Cpu used = Cpu.now(service, database).since(before);
        double elapsed = (System.nanoTime() - startedAt) / 1e9;
        double resident = ProcessUse.residentBytes(service.pid()) / 1e6;
        OptionalLong allocatedAfter = service.allocatedBytes();
        if (!seen.isClean()) {
            throw new IOException(contestant.name() + " with " + connections
                    + " connections left requests unacknowledged, " + "so there is nothing to compare: " + seen);
        }
        ledger.enter(prefix, seen);
        Measurement measurement = new Measurement(
                contestant.name(),
                connections,
                round,
                seen.acknowledged(),
                seen.perSecond(),
                seen.p50() / 1000,
                seen.p99() / 1000,
                seen.p999() / 1000,
                perWrite(used.service(), seen),
                perWrite(used.emulator(), seen),
                perWrite(used.front(), seen),
                perWrite(used.load(), seen),
                used.others().toMillis()
                        / 1000.0
                        / elapsed
                        / Runtime.getRuntime().availableProcessors(),
                resident,
                allocatedBefore.isPresent() && allocatedAfter.isPresent()
                        ? (allocatedAfter.getAsLong() - allocatedBefore.getAsLong()) / 1000.0 / seen.acknowledged()
                        : null);
        measurements.add(measurement);
        System.err.printf(
                Locale.ROOT,
                "round %d  %-28s %3d connections  %6.0f writes/s  p50 %.2f ms  %4.0f µs CPU/write  others %.0f %%%n",
                round,
                contestant.name(),
                connections,
                measurement.writesPerSecond(),
                measurement.p50(),
                measurement.serviceCpu(),
                100 * measurement.others());
        return measurement;
    }

    private static double perWrite(Duration cpu, LoadResult seen) {
        return cpu.toNanos() / 1000.0 / seen.acknowledged();
    }
}
