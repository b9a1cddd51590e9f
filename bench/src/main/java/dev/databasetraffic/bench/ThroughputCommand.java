package dev.databasetraffic.bench;

import dev.databasetraffic.bench.Rounds.Contestant;
import dev.databasetraffic.bench.report.BarPlot;
import dev.databasetraffic.bench.report.Goals;
import dev.databasetraffic.bench.report.LoadResults;
import dev.databasetraffic.bench.report.LoadTables;
import dev.databasetraffic.bench.running.DatabaseWire;
import dev.databasetraffic.bench.running.Subject;
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

    @Override
    public Integer call() throws Exception {
        List<Contestant> contestants = new ArrayList<>();
        for (String name : names) {
            Subject subject = subject(name);
            contestants.add(new Contestant(subject.name(), subject, DatabaseWire.direct()));
        }
        Map<String, String> settings = new TreeMap<>(load.described());
        settings.putAll(subjects.described());
        LoadResults results = new Rounds(load).run(contestants, settings);
        output.plot(subjects, "throughput", BarPlot.throughput(results, "POST /plants, writes per second"));
        output.write(
                subjects,
                "throughput",
                results,
                String.join(
                        "\n\n",
                        results.provenance(),
                        "![writes per second](results/throughput.svg)",
                        Goals.markdown(results, SubjectOptions.PLANTS, SubjectOptions.GO, SubjectOptions.SPRING),
                        new LoadTables(results, SubjectOptions.GO).markdown()));
        return OutputOptions.verdict(results);
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
