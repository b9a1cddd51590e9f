package dev.databasetraffic.bench;

import dev.databasetraffic.bench.FormOptions.Form;
import dev.databasetraffic.bench.load.Load;
import dev.databasetraffic.bench.load.LoadStage;
import dev.databasetraffic.bench.load.OpenLoad;
import dev.databasetraffic.bench.load.OpenRequest;
import dev.databasetraffic.bench.load.OpenResult;
import dev.databasetraffic.bench.passing.Envoy;
import dev.databasetraffic.bench.passing.Passage;
import dev.databasetraffic.bench.passing.Passer;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.bench.report.OpenResults;
import dev.databasetraffic.bench.report.OpenResults.Row;
import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.bench.running.ProcessUse;
import dev.databasetraffic.bench.running.Service;
import dev.databasetraffic.kit.Folders;
import dev.databasetraffic.kit.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description =
                "An open loop from the moment that the service is ready, beside the same peers: what a pod meets that "
                        + "has just become ready, and what it does past its limit.")
final class OpenCommand implements Callable<Integer> {

    /** What the database answers before anything is measured, so that all subjects meet the same. */
    private static final int DATABASE_WARM_UP = 20_000;

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private FormOptions forms = new FormOptions(List.of("image", "jar", "go", "spring"));

    @Mixin
    private EnvoyOption envoy = new EnvoyOption();

    @Option(
            names = "--rounds",
            converter = Count.class,
            defaultValue = "3",
            description = "starts of each (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--rates",
            converter = Count.class,
            split = ",",
            defaultValue = "1000,3000,12000,24000",
            description =
                    "requests per second, one after the other from the moment of ready (default: ${DEFAULT-VALUE})")
    private List<Integer> rates = List.of();

    @Option(
            names = "--seconds",
            converter = Count.class,
            defaultValue = "10",
            description = "length of each (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        Path folder = Files.createTempDirectory("bench-");
        OpenLoad load = new OpenLoad(subjects.arrivals(), folder, OpenLoad.CONNECTIONS);
        List<Row> rows = new ArrayList<>();
        try {
            List<Form> contestants = forms.prepared(subjects, folder);
            for (int round = 1; round <= rounds; round++) {
                for (Form contestant : contestants) {
                    rows.addAll(measure(contestant, round, load));
                }
                Collections.rotate(contestants, -1);
            }
        } finally {
            Folders.delete(folder);
        }
        OpenResults results = new OpenResults(startedAt, machine, settings(), rows);
        output.write(subjects, "open", results, results.markdown(SubjectOptions.PLANTS, SubjectOptions.GO));
        return rows.stream().allMatch(row -> row.wrong() == 0) ? 0 : 1;
    }

    private List<Row> measure(Form contestant, int round, OpenLoad load) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bench-");
        Passer way = envoy.envoy().map(Passer.class::cast).orElse(Passer.nobody("direct"));
        try (BenchDatabase database = BenchDatabase.startRoomy(folder);
                Passage passage =
                        way.open(Loopback.at(database.port()), Files.createDirectory(folder.resolve("way")))) {
            warmUp(database, folder);
            String endpoint = "127.0.0.1:" + passage.entrance().getPort();
            try (Service service = contestant.subject().start(endpoint, database, folder)) {
                double ready = service.awaitReady().toMillis() / 1000.0;
                List<Row> rows = new ArrayList<>();
                for (int stage = 0; stage < rates.size(); stage++) {
                    int rate = rates.get(stage);
                    // A rate may come twice.
                    String prefix = "at" + rate + "-" + stage + "-";
                    Duration before = ProcessUse.cpu(service.pid());
                    OpenResult result = load.run(
                                    service.address(),
                                    OpenRequest.add(prefix),
                                    List.of(new LoadStage(rate, Duration.ofSeconds(seconds))))
                            .get(0);
                    Duration used = ProcessUse.cpu(service.pid()).minus(before);
                    Row row = Row.of(
                            contestant.subject().name(),
                            contestant.text(),
                            round,
                            ready,
                            result,
                            used,
                            ProcessUse.residentBytes(service.pid()) / 1e6,
                            result.wrong(database.stored(prefix)));
                    System.err.printf(Locale.ROOT, "round %d  %s%n", round, row.line());
                    rows.add(row);
                }
                return rows;
            }
        } finally {
            Folders.delete(folder);
        }
    }

    /** By plain Go's service, which needs no warming of its own. */
    private void warmUp(BenchDatabase database, Path folder) throws IOException, InterruptedException {
        try (Service service = subjects.go().start(database.endpoint(), database, folder)) {
            service.awaitFirstWrite();
            Load.in(folder).warmUp(service, 64, "warm-", DATABASE_WARM_UP);
        }
    }

    private Map<String, String> settings() throws IOException, InterruptedException {
        Map<String, String> settings = new TreeMap<>();
        Optional<Envoy> there = envoy.envoy();
        settings.put(
                "way to the database",
                there.isEmpty() ? "direct" : "Envoy " + there.get().version());
        settings.put("connections at most", Integer.toString(OpenLoad.CONNECTIONS));
        settings.put("rounds", Integer.toString(rounds));
        settings.put("seconds of each rate", Integer.toString(seconds));
        settings.put("JVM arguments", "`" + String.join(" ", subjects.jvmArguments()) + "`");
        return settings;
    }
}
