package dev.databasetraffic.bench;

import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.bench.report.VerdictResults;
import dev.databasetraffic.bench.report.VerdictResults.Waited;
import dev.databasetraffic.kit.Command;
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
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
        name = "verdict",
        mixinStandardHelpOptions = true,
        description =
                "How long somebody waits for the verdict of ./rehearse: on a clean clone of what is committed, with Maven's"
                        + " cache as it is, then once more, and then --quick.")
final class VerdictCommand implements Callable<Integer> {

    private static final Duration AT_MOST = Duration.ofMinutes(15);

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--rounds",
            converter = Count.class,
            defaultValue = "3",
            description = "clones (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        List<Waited> waited = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Path folder = Files.createTempDirectory("bench-");
            try {
                Path clone = folder.resolve("clone");
                Command.of("git", "clone", "--quiet", subjects.root().toString(), clone.toString())
                        .succeed(AT_MOST);
                waited.add(new Waited(seconds(clone), seconds(clone), seconds(clone, "--quick")));
            } finally {
                Folders.delete(folder);
            }
            System.err.println("round " + round + "  " + waited.get(waited.size() - 1));
        }
        VerdictResults results =
                new VerdictResults(startedAt, machine, Map.of("rounds", Integer.toString(rounds)), waited);
        output.write(subjects, "verdict", results, results.markdown());
        return 0;
    }

    /** From the command to its end; a verdict that does not hold is no time to it. */
    private static double seconds(Path project, String... options) throws IOException, InterruptedException {
        List<String> words = Stream.concat(Stream.of(project.resolve("rehearse").toString()), Stream.of(options))
                .toList();
        long begun = System.nanoTime();
        Command.of(words).in(project).succeed(AT_MOST);
        return (System.nanoTime() - begun) / 1e9;
    }
}
