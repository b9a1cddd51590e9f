package dev.databasetraffic.bench;

import dev.databasetraffic.bench.generating.ArrivalsGenerator;
import dev.databasetraffic.bench.generating.Generator;
import dev.databasetraffic.bench.generating.KnownDelay;
import dev.databasetraffic.bench.generating.RehearsalGenerator;
import dev.databasetraffic.bench.generating.UsersGenerator;
import dev.databasetraffic.bench.generating.VegetaGenerator;
import dev.databasetraffic.bench.load.Vegeta;
import dev.databasetraffic.bench.report.GeneratorResults;
import dev.databasetraffic.bench.report.GeneratorResults.Row;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.kit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generator",
        mixinStandardHelpOptions = true,
        description =
                "The load of a rehearsal beside vegeta's and that of a bounded number of virtual users, on a service whose"
                        + " delay is known: what a request costs, how well the rate is kept, and how far the percentiles are"
                        + " from the truth, also when the service stalls.")
final class GeneratorCommand implements Callable<Integer> {

    private static final int CONNECTIONS = 4096;

    /** At the beginning of a load, connections are opened and code is compiled. */
    private static final int LEFT_OUT_SECONDS = 3;

    private static final Duration STALL = Duration.ofMillis(500);

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--rounds",
            converter = Count.class,
            defaultValue = "3",
            description = "loads of each (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--rates",
            converter = RehearsedRate.class,
            split = ",",
            defaultValue = "500,1500,3000,5000",
            description = "requests per second, at most 5000 (default: ${DEFAULT-VALUE})")
    private List<Integer> rates = List.of();

    @Option(
            names = "--seconds",
            converter = Count.class,
            defaultValue = "15",
            description = "length of each, above 3; of the stalling service, periods of 5 (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--users",
            converter = Count.class,
            defaultValue = "50",
            description = "virtual users of the bounded load (default: ${DEFAULT-VALUE})")
    private int users;

    @Option(
            names = "--stalled-rate",
            converter = RehearsedRate.class,
            defaultValue = "1500",
            description = "requests per second when the service stalls, at most 5000 (default: ${DEFAULT-VALUE})")
    private int stalledRate;

    private final List<Generator> generators = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        Vegeta.require();
        Path folder = Files.createTempDirectory("bench-");
        generators.add(new RehearsalGenerator(subjects.rehearse(), folder, CONNECTIONS));
        generators.add(new VegetaGenerator(folder, CONNECTIONS));
        generators.add(new UsersGenerator(subjects.users(), folder, users));
        generators.add(new ArrivalsGenerator(subjects.arrivals(), folder, CONNECTIONS));
        List<Row> rows = new ArrayList<>();
        List<Row> stalled = new ArrayList<>();
        try (KnownDelay steady = KnownDelay.start(subjects.knownDelay(), Duration.ZERO);
                KnownDelay stalling = KnownDelay.start(subjects.knownDelay(), STALL)) {
            for (int round = 1; round <= rounds; round++) {
                for (int rate : rates) {
                    rows.addAll(inTurns(steady, rate, round));
                }
                stalled.addAll(inTurns(stalling, stalledRate, round));
            }
        } finally {
            Folders.delete(folder);
        }
        GeneratorResults results = new GeneratorResults(
                startedAt,
                machine,
                Map.of("rounds", Integer.toString(rounds), "seconds of each", Integer.toString(seconds)),
                rows,
                stalled);
        output.write(subjects, "generator", results, results.markdown());
        return 0;
    }

    /** A load of each, a different one first the next time. */
    private List<Row> inTurns(KnownDelay service, int rate, int round) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (Generator generator : generators) {
            service.forget();
            Generator.Said said = generator.run(service.address(), rate, seconds);
            Row row = new Row(
                    generator.name(),
                    rate,
                    round,
                    (long) rate * seconds,
                    said,
                    service.seen(Math.max(1, seconds - LEFT_OUT_SECONDS)));
            System.err.println("round " + round + "  " + row.line());
            rows.add(row);
        }
        Collections.rotate(generators, -1);
        return rows;
    }
}
