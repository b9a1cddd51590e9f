package dev.databasetraffic.bench;

import dev.databasetraffic.bench.passing.BytesLoad;
import dev.databasetraffic.bench.passing.BytesPeer;
import dev.databasetraffic.bench.passing.BytesPeer.Passed;
import dev.databasetraffic.bench.passing.Passage;
import dev.databasetraffic.bench.passing.Passer;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.bench.report.RouterResults;
import dev.databasetraffic.bench.report.RouterResults.Row;
import dev.databasetraffic.kit.Folders;
import dev.databasetraffic.kit.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "router",
        mixinStandardHelpOptions = true,
        description = "What passing bytes costs in the rehearsal's router, beside Envoy and toxiproxy: "
                + "streams, short connections, and messages back and forth.")
final class RouterCommand implements Callable<Integer> {

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private PasserOptions passers = new PasserOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--rounds",
            converter = Count.class,
            defaultValue = "3",
            description = "rounds, each with fresh processes (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--slices",
            converter = Count.class,
            defaultValue = "4",
            description = "turns that each load is taken in within a round (default: ${DEFAULT-VALUE})")
    private int slices;

    @Option(
            names = "--warm-up",
            converter = Count.class,
            defaultValue = "6",
            description = "turns before those, which count for nothing (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--seconds",
            converter = Seconds.class,
            defaultValue = "1.5",
            description = "length of each slice (default: ${DEFAULT-VALUE})")
    private double seconds;

    private final List<Row> rows = new ArrayList<>();

    private record Open(String name, Passage passage) {}

    @Override
    public Integer call() throws Exception {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        Map<String, String> settings = passers.described(subjects);
        settings.put("rounds", Integer.toString(rounds));
        settings.put("slices of each load in a round", Integer.toString(slices));
        settings.put("slices before those", Integer.toString(warmUp));
        settings.put("seconds per slice", Double.toString(seconds));
        List<Passer> all = passers.passers(subjects);
        try (BytesPeer peer = BytesPeer.start(subjects.bytesPeer())) {
            for (int round = 1; round <= rounds; round++) {
                round(round, peer, all.iterator(), new ArrayList<>());
            }
        }
        RouterResults results = new RouterResults(
                startedAt, machine, settings, all.stream().map(Passer::name).toList(), rows);
        output.write(subjects, "router", results, results.markdown(PasserOptions.ROUTER, PasserOptions.DIRECT));
        return 0;
    }

    /** Opens who is not open, each within the one before, so that what a failure leaves behind is ended as well. */
    private void round(int round, BytesPeer peer, Iterator<Passer> toOpen, List<Open> open)
            throws IOException, InterruptedException {
        if (!toOpen.hasNext()) {
            round(round, peer, open);
            return;
        }
        Passer passer = toOpen.next();
        Path folder = Files.createTempDirectory("bench-");
        try (Passage passage = passer.open(Loopback.at(peer.target()), folder)) {
            open.add(new Open(passer.name(), passage));
            round(round, peer, toOpen, open);
        } finally {
            Folders.delete(folder);
        }
    }

    private void round(int round, BytesPeer peer, List<Open> open) throws IOException, InterruptedException {
        // Until the compilers of the router's JVM have come to rest.
        for (int slice = 1 - warmUp; slice <= slices; slice++) {
            for (BytesLoad load : BytesLoad.values()) {
                for (Open one : open) {
                    Row row = measured(one, load, round, slice, peer);
                    System.err.println("round " + round + ", slice " + slice + "  " + row.line());
                    if (slice > 0) {
                        rows.add(row);
                    }
                }
            }
            Collections.rotate(open, -1);
        }
    }

    private Row measured(Open one, BytesLoad load, int round, int slice, BytesPeer peer)
            throws IOException, InterruptedException {
        Duration before = one.passage().cpu();
        Passed passed;
        try {
            passed = peer.run(load, one.passage().entrance(), seconds);
        } catch (IOException e) {
            throw new IOException(one.name() + ", " + load.title() + ": " + e.getMessage(), e);
        }
        Duration used = one.passage().cpu().minus(before);
        return Row.of(
                one.name(), load, round, slice, passed, used, one.passage().residentBytes() / 1e6);
    }
}
