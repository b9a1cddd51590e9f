package dev.databasetraffic.bench;

import dev.databasetraffic.bench.Rounds.Contestant;
import dev.databasetraffic.bench.report.LoadResults;
import dev.databasetraffic.bench.report.LoadTables;
import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.bench.running.DatabaseWire;
import dev.databasetraffic.bench.running.JvmSubject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "path",
        mixinStandardHelpOptions = true,
        description = "What the way to the database costs: through the sidecar, and over a wire as long as to a cloud.")
final class PathCommand implements Callable<Integer> {

    private static final String DIRECT = "direct";
    private static final String SIDECAR = "through the sidecar";

    @Mixin
    private LoadOptions load = new LoadOptions(3, 1.5, 150_000);

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--round-trip",
            converter = Count.class,
            defaultValue = "20",
            description = "latency that the relay adds, in ms (default: ${DEFAULT-VALUE})")
    private int roundTrip;

    @Override
    public Integer call() throws Exception {
        Map<String, String> settings = new TreeMap<>(load.described());
        settings.putAll(subjects.described());
        settings.put("added round trip", roundTrip + " ms");
        JvmSubject grouped = subjects.plants();
        // As many calls at once as the service allows, so that nothing but the grouping differs.
        JvmSubject single = grouped.withSetting("--plants.firestore.writes.group-size=1")
                .withSetting("--plants.firestore.writes.calls-in-flight=100")
                .withSetting("--plants.firestore.writes.max-calls-in-flight=100");
        DatabaseWire longWire = DatabaseWire.delayed(Duration.ofMillis(roundTrip));
        String groupedName = roundTrip + " ms away, grouped";
        String singleName = roundTrip + " ms away, one by one";
        LoadResults results = new Rounds(load, BenchDatabase::start)
                .run(
                        List.of(
                                new Contestant(DIRECT, grouped, DatabaseWire.direct()),
                                new Contestant(SIDECAR, grouped, DatabaseWire.throughSidecar(subjects.istio())),
                                new Contestant(groupedName, grouped, longWire),
                                new Contestant(singleName, single, longWire)),
                        settings);
        output.write(
                subjects,
                "path",
                results,
                String.join(
                        "\n\n",
                        results.provenance(),
                        "Ratios to " + DIRECT + ":",
                        new LoadTables(results.only(List.of(DIRECT, SIDECAR)), DIRECT).markdown(),
                        "Ratios to " + singleName + ":",
                        new LoadTables(results.only(List.of(groupedName, singleName)), singleName).markdown()));
        return OutputOptions.verdict(results);
    }
}
