package dev.databasetraffic.bench;

import dev.databasetraffic.bench.checking.LargeMesh;
import dev.databasetraffic.bench.report.CheckResults;
import dev.databasetraffic.bench.report.CheckResults.Checked;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.bench.running.ProcessUse;
import dev.databasetraffic.kit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "How long ./rehearse check takes for a mesh of 4,000 objects, the start of its JVM included.")
final class CheckingCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Without a trap, and odd, so that no Sidecar hides its neighbour. */
    private static final String ONE_TEAM = "team-01.yaml";

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--rounds",
            converter = Count.class,
            defaultValue = "5",
            description = "runs of each (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--write", description = "write the manifests to this folder, and measure nothing")
    private @Nullable Path write;

    @Override
    public Integer call() throws Exception {
        if (write != null) {
            LargeMesh.write(write);
            return 0;
        }
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        Path folder = Files.createTempDirectory("bench-");
        try {
            LargeMesh.write(folder);
            // Builds what is stale.
            check(folder.resolve(ONE_TEAM));
            List<Checked> runs = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                runs.add(measured(LargeMesh.OBJECTS / LargeMesh.TEAMS, folder.resolve(ONE_TEAM)));
                runs.add(measured(LargeMesh.OBJECTS, folder));
            }
            CheckResults results = new CheckResults(startedAt, machine, rounds, runs);
            output.write(subjects, "check", results, results.markdown());
            return 0;
        } finally {
            Folders.delete(folder);
        }
    }

    private Checked measured(int objects, Path manifests) throws IOException, InterruptedException {
        Duration cpu = ProcessUse.cpuOfEndedChildren();
        long start = System.nanoTime();
        JsonNode report = check(manifests);
        double seconds = (System.nanoTime() - start) / 1e9;
        requireRight(objects, report);
        return new Checked(
                objects, seconds, ProcessUse.cpuOfEndedChildren().minus(cpu).toNanos() / 1e9);
    }

    private JsonNode check(Path manifests) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        subjects.rehearse().toString(), "check", "--output", "json", manifests.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] report = process.getInputStream().readAllBytes();
        int exit = process.waitFor();
        if (exit > 1) {
            throw new IOException("rehearse check " + manifests + " ended with " + exit + ".");
        }
        return JSON.readTree(report);
    }

    /** The time of a wrong answer is worth nothing. */
    private static void requireRight(int objects, JsonNode report) throws IOException {
        TreeMap<String, String> found = new TreeMap<>();
        for (JsonNode finding : report.path("findings")) {
            if (finding.path("severity").asString().equals("trap")) {
                Path file = Path.of(finding.path("file").asString());
                found.put(finding.path("id").asString(), file.getFileName().toString());
            }
        }
        int read = report.path("summary").path("manifests").asInt();
        TreeMap<String, String> expected =
                objects == LargeMesh.OBJECTS ? new TreeMap<>(LargeMesh.TRAPS) : new TreeMap<>();
        if (read != objects || !found.equals(expected)) {
            throw new IOException("rehearse check read " + read + " of " + objects + " objects and found the traps "
                    + found + " instead of " + expected + ".");
        }
    }
}
