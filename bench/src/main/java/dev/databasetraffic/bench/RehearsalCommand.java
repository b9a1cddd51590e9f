package dev.databasetraffic.bench;

import dev.databasetraffic.bench.generating.LongRehearsal;
import dev.databasetraffic.bench.generating.LongRehearsal.Told;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.bench.report.RehearsalResults;
import dev.databasetraffic.kit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rehearsal",
        mixinStandardHelpOptions = true,
        description =
                "The whole rehearsal with its own load for minutes, all of it on this machine: what the load costs beside"
                        + " the service, and how soon after it the verdict is told.")
final class RehearsalCommand implements Callable<Integer> {

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--rate",
            converter = RehearsedRate.class,
            defaultValue = "5000",
            description = "writes per second, at most 5000 (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(
            names = "--concurrency",
            converter = Count.class,
            defaultValue = "512",
            description =
                    "writes in flight at most, as in the shipped experiment; of an outage at 5000 writes per second,"
                            + " more are (default: ${DEFAULT-VALUE})")
    private int concurrency;

    @Option(
            names = "--minutes",
            converter = Minutes.class,
            defaultValue = "10",
            description =
                    "length of the load, of which the last 20 s are outage and recovery (default: ${DEFAULT-VALUE})")
    private Duration length = Duration.ZERO;

    @Option(
            names = "--rounds",
            converter = Count.class,
            defaultValue = "1",
            description = "rehearsals (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        List<Told> runs = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Path folder = Files.createTempDirectory("bench-");
            try {
                runs.add(LongRehearsal.run(subjects.rehearse(), folder, rate, concurrency, length));
            } finally {
                Folders.delete(folder);
            }
        }
        RehearsalResults results = new RehearsalResults(
                startedAt,
                machine,
                Map.of(
                        "writes in flight at most",
                        Integer.toString(concurrency),
                        "writes per second",
                        Integer.toString(rate),
                        "seconds of load",
                        Long.toString(length.toSeconds())),
                runs);
        output.write(subjects, "rehearsal", results, results.markdown());
        return 0;
    }
}
