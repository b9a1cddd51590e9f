package dev.databasetraffic.bench;

import dev.databasetraffic.bench.generating.Generator;
import dev.databasetraffic.bench.generating.KnownDelay;
import dev.databasetraffic.bench.generating.RehearsalGenerator;
import dev.databasetraffic.bench.generating.VegetaGenerator;
import dev.databasetraffic.bench.load.Vegeta;
import dev.databasetraffic.bench.report.GeneratorResults;
import dev.databasetraffic.bench.report.GeneratorResults.Row;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.kit.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
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
                "The load of a rehearsal beside vegeta's, on a service whose delay is known: what a request costs, "
                        + "how well the rate is kept, and how far its percentiles are from the truth.")
final class GeneratorCommand implements Callable<Integer> {

    private static final int CONNECTIONS = 4096;

    /** At the beginning of a load, connections are opened and code is compiled. */
    private static final int LEFT_OUT_SECONDS = 3;

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
            converter = Count.class,
            split = ",",
            defaultValue = "500,1500,3000,5000",
            description = "requests per second, at most 5000 (default: ${DEFAULT-VALUE})")
    private List<Integer> rates = List.of();

    @Option(
            names = "--seconds",
            converter = Count.class,
            defaultValue = "15",
            description = "length of each, above 3 (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        Vegeta.require();
        Path folder = Files.createTempDirectory("bench-");
        List<Row> rows = new ArrayList<>();
        try (KnownDelay known = KnownDelay.start(subjects.knownDelay())) {
            List<Generator> generators = new ArrayList<>(List.of(
                    new RehearsalGenerator(subjects.rehearse(), folder, CONNECTIONS),
                    new VegetaGenerator(folder, CONNECTIONS)));
            for (int round = 1; round <= rounds; round++) {
                for (int rate : rates) {
                    for (Generator generator : generators) {
                        known.forget();
                        Generator.Said said = generator.run(known.address(), rate, seconds);
                        Row row = new Row(
                                generator.name(),
                                rate,
                                round,
                                said,
                                known.seen(Math.max(1, seconds - LEFT_OUT_SECONDS)));
                        System.err.println("round " + round + "  " + row.line());
                        rows.add(row);
                    }
                    Collections.rotate(generators, -1);
                }
            }
        } finally {
            Folders.delete(folder);
        }
        GeneratorResults results = new GeneratorResults(
                startedAt,
                machine,
                Map.of("rounds", Integer.toString(rounds), "seconds of each", Integer.toString(seconds)),
                rows);
        output.write(subjects, "generator", results, results.markdown());
        return 0;
    }
}
