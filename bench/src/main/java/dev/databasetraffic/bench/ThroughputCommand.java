package dev.databasetraffic.bench;

import dev.databasetraffic.bench.Rounds.Contestant;
import dev.databasetraffic.bench.report.BarPlot;
import dev.databasetraffic.bench.report.Goals;
import dev.databasetraffic.bench.report.LoadResults;
import dev.databasetraffic.bench.report.LoadTables;
import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.bench.running.DatabaseWire;
import dev.databasetraffic.bench.running.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "throughput",
        mixinStandardHelpOptions = true,
        description = "POST /plants under load, beside a plain Go service and the obvious Spring service.")
final class ThroughputCommand implements Callable<Integer> {

    @Mixin
    private LoadOptions load = new LoadOptions(3, 1.5, 300_000);

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--subjects",
            split = ",",
            defaultValue = "plants,go,spring",
            description = "which of plants, go and spring (default: ${DEFAULT-VALUE})")
    private List<String> names = List.of();

    @Option(
            names = "--stand-in",
            description =
                    "before the embedded stand-in for Firestore, which hardly pauses: what the tail of the services' own is, "
                            + "where a collection of the genuine emulator takes longer than all else")
    private boolean standIn;

    @Override
    public Integer call() throws Exception {
        List<Contestant> contestants = new ArrayList<>();
        for (String name : names) {
            Subject subject = subject(name);
            contestants.add(new Contestant(subject.name(), subject, DatabaseWire.direct()));
        }
        Map<String, String> settings = new TreeMap<>(load.described());
        settings.putAll(subjects.described());
        LoadResults results = new Rounds(load, standIn ? BenchDatabase::startStandIn : BenchDatabase::start)
                .run(contestants, settings);
        if (standIn) {
            write("tail", results, results.provenance(), Goals.tail(results, SubjectOptions.PLANTS, SubjectOptions.GO));
        } else {
            output.plot(subjects, "throughput", BarPlot.throughput(results, "POST /plants, writes per second"));
            write(
                    "throughput",
                    results,
                    results.provenance(),
                    "![writes per second](results/throughput.svg)",
                    Goals.throughput(results, SubjectOptions.PLANTS, SubjectOptions.GO, SubjectOptions.SPRING));
        }
        return OutputOptions.verdict(results);
    }

    private void write(String name, LoadResults results, String... above) throws IOException {
        String tables = new LoadTables(results, SubjectOptions.GO).markdown();
        output.write(subjects, name, results, String.join("\n\n", above) + "\n\n" + tables);
    }

    private Subject subject(String name) throws Exception {
        return switch (name) {
            case "plants" -> subjects.plants();
            case "go" -> subjects.go();
            case "spring" -> subjects.spring();
            default -> throw new IllegalArgumentException("--subjects: " + name + " is none of plants, go and spring");
        };
    }
}
