package dev.databasetraffic.bench;

import dev.databasetraffic.bench.report.GuardResults;
import dev.databasetraffic.bench.report.GuardResults.Fork;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@CommandLine.Command(
        name = "guard",
        mixinStandardHelpOptions = true,
        description =
                "What channel-guard costs a call on a healthy channel, in processor time and in bytes, beside a bare channel.")
final class GuardCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Both benchmarks of one fork take half a minute. */
    private static final Duration FORK_WITHIN = Duration.ofMinutes(5);

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--rounds",
            converter = Count.class,
            defaultValue = "6",
            description = "forks of each side, which take turns (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Override
    public Integer call() throws Exception {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        List<Fork> forks = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            // A different one first each time.
            boolean first = round % 2 == 0;
            for (boolean asWritten : new boolean[] {false, true}) {
                forks.addAll(fork(round, first, asWritten));
                forks.addAll(fork(round, !first, asWritten));
            }
        }
        GuardResults results = new GuardResults(startedAt, machine, rounds, forks);
        output.write(subjects, "guard", results, results.markdown());
        return 0;
    }

    private List<Fork> fork(int round, boolean guarded, boolean asWritten) throws IOException, InterruptedException {
        Path results = Files.createTempFile("jmh-", ".json");
        try {
            Command.of(
                            subjects.java().toString(),
                            "-cp",
                            subjects.guardBench() + "/*:" + subjects.guardBench() + "/lib/*",
                            "org.openjdk.jmh.Main",
                            "-f",
                            "1",
                            "-p",
                            "guarded=" + guarded,
                            "-jvmArgsAppend",
                            asWritten ? "-XX:-DoEscapeAnalysis" : "-XX:+DoEscapeAnalysis",
                            "-prof",
                            "gc",
                            "-prof",
                            "dev.databasetraffic.bench.guard.CpuTime",
                            "-v",
                            "SILENT",
                            "-rf",
                            "json",
                            "-rff",
                            results.toString())
                    .succeed(FORK_WITHIN);
            List<Fork> forks = new ArrayList<>();
            for (JsonNode benchmark : JSON.readTree(results)) {
                String name = benchmark.path("benchmark").asString();
                forks.add(new Fork(
                        name.substring(name.lastIndexOf('.') + 1),
                        guarded,
                        asWritten,
                        round,
                        score(benchmark.required("primaryMetric")),
                        score(benchmark.required("secondaryMetrics").required("cpu.norm")),
                        score(benchmark.required("secondaryMetrics").required("gc.alloc.rate.norm"))));
            }
            return forks;
        } finally {
            Files.delete(results);
        }
    }

    private static double score(JsonNode metric) {
        return metric.required("score").asDouble();
    }
}
