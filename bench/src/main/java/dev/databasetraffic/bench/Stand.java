package dev.databasetraffic.bench;

import dev.databasetraffic.bench.load.AcknowledgedWrites;
import dev.databasetraffic.bench.load.Contract;
import dev.databasetraffic.bench.load.Load;
import dev.databasetraffic.bench.load.LoadResult;
import dev.databasetraffic.bench.load.UnacknowledgedException;
import dev.databasetraffic.bench.report.Audit;
import dev.databasetraffic.bench.report.Measurement;
import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.bench.running.Cpu;
import dev.databasetraffic.bench.running.ProcessUse;
import dev.databasetraffic.bench.running.Rest;
import dev.databasetraffic.bench.running.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One contestant's service in one round, with the database that it writes to and the count of what it acknowledged. */
final class Stand {

    private final String name;
    private final BenchDatabase database;
    private final Service service;
    private final Load load;
    private final AcknowledgedWrites ledger = new AcknowledgedWrites();

    Stand(String name, BenchDatabase database, Service service, Load load) {
        this.name = name;
        this.database = database;
        this.service = service;
        this.load = load;
    }

    /** Waits until the service writes, and checks that it keeps to what all of them keep to. */
    void check() throws IOException, InterruptedException {
        service.awaitFirstWrite();
        Contract.check(service);
    }

    void warmUp(int writes, int connections) throws IOException, InterruptedException {
        System.err.println("warming up " + name);
        ledger.enter("warm-", load.warmUp(service, connections, "warm-", writes));
    }

    /** Waits until compilers are done with what the warm-up left them. */
    void awaitRest() throws IOException, InterruptedException {
        Rest.await(name, service, database);
    }

    /** @param all of the round's stands, of which the others wait for their turn */
    Measurement measure(int round, int slice, int connections, Duration duration, List<Stand> all)
            throws IOException, InterruptedException {
        List<Long> bystanders = all.stream()
                .filter(stand -> stand != this)
                .flatMap(stand -> Stream.of(stand.service.pid(), stand.database.pid()))
                .toList();
        String prefix = "with" + connections + "-" + slice + "-";
        OptionalLong allocatedBefore = service.allocatedBytes();
        long startedAt = System.nanoTime();
        Cpu before = Cpu.now(service, database, bystanders);
        LoadResult seen = load.run(service, connections, prefix, duration);
        Cpu used = Cpu.now(service, database, bystanders).since(before);
        double elapsed = (System.nanoTime() - startedAt) / 1e9;
        double resident = ProcessUse.residentBytes(service.pid()) / 1e6;
        OptionalLong allocatedAfter = service.allocatedBytes();
        if (!seen.isClean()) {
            throw new UnacknowledgedException(
                    name + " with " + connections + " connections left requests unacknowledged: " + seen);
        }
        ledger.enter(prefix, seen);
        Measurement measurement = new Measurement(
                name,
                connections,
                round,
                slice,
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
        System.err.printf(
                Locale.ROOT,
                "round %d.%d  %-28s %3d connections  %6.0f writes/s  p50 %.2f ms  %4.0f µs CPU/write  others %.0f %%%n",
                round,
                slice,
                name,
                connections,
                measurement.writesPerSecond(),
                measurement.p50(),
                measurement.serviceCpu(),
                100 * measurement.others());
        return measurement;
    }

    /** Reads the database back. */
    Audit audit(int round) throws IOException, InterruptedException {
        @Nullable String difference = ledger.compare(database).orElse(null);
        if (difference != null) {
            System.err.println("  not accounted for: " + difference);
        }
        return new Audit(name, round, ledger.acknowledged(), difference);
    }

    private static double perWrite(Duration cpu, LoadResult seen) {
        return cpu.toNanos() / 1000.0 / seen.acknowledged();
    }
}
