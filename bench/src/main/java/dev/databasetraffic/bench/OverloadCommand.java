package dev.databasetraffic.bench;

import dev.databasetraffic.bench.FormOptions.Form;
import dev.databasetraffic.bench.load.Load;
import dev.databasetraffic.bench.load.OpenLoad;
import dev.databasetraffic.bench.report.HeldConnections;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.bench.report.OverloadResults;
import dev.databasetraffic.bench.report.OverloadedRate;
import dev.databasetraffic.bench.report.ServiceLimit;
import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.bench.running.Hop;
import dev.databasetraffic.bench.running.OwnProcessor;
import dev.databasetraffic.bench.running.ProcessorQuota;
import dev.databasetraffic.bench.running.Service;
import dev.databasetraffic.bench.running.ServiceWatch;
import dev.databasetraffic.bench.running.Subject;
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
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description =
                "A warm service with a share of a processor of its own, and an open loop of twice and of four times what it can serve: "
                        + "what of its best it still gives, when callers get their answers, and what a refusal costs. "
                        + "Takes root, for the share.")
final class OverloadCommand implements Callable<Integer> {

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private FormOptions forms = new FormOptions(List.of("image", "go"));

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--rounds",
            converter = Count.class,
            defaultValue = "2",
            description = "starts of each (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--seconds",
            converter = Count.class,
            defaultValue = "8",
            description = "length of each rate, or more where the database comes and goes (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--warm-up",
            converter = Count.class,
            defaultValue = "150000",
            description = "writes before anything is measured (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--share",
            converter = Share.class,
            defaultValue = "0.5",
            description = "what the service may use of its processor once it is warm (default: ${DEFAULT-VALUE})")
    private double share;

    @Option(names = "--scenarios", split = ",", description = "which of ${COMPLETION-CANDIDATES} (default: all)")
    private List<OverloadScenario> scenarios = List.of(OverloadScenario.values());

    private final List<OverloadedRate> rows = new ArrayList<>();
    private final List<HeldConnections> holds = new ArrayList<>();
    private final List<String> unmeasured = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        Path folder = Files.createTempDirectory("bench-");
        subjects.haveOneProcessor();
        try {
            List<Form> turns = forms.prepared(subjects, folder);
            for (int round = 1; round <= rounds; round++) {
                for (OverloadScenario scenario : scenarios) {
                    for (Form form : turns) {
                        if (scenario.isOfPeers() || form.subject().name().equals(SubjectOptions.PLANTS)) {
                            measureOrSayWhyNot(form.subject(), scenario, round);
                        }
                    }
                    Collections.rotate(turns, 1);
                }
            }
        } finally {
            Folders.delete(folder);
        }
        OverloadResults results = new OverloadResults(startedAt, machine, settings(), rows, holds, unmeasured);
        output.write(subjects, "overload", results, results.markdown(SubjectOptions.PLANTS));
        return unmeasured.isEmpty() && rows.stream().allMatch(row -> row.wrong() == 0) ? 0 : 1;
    }

    /** One start that fails must not cost what the others of an hour have shown. */
    private void measureOrSayWhyNot(Subject subject, OverloadScenario scenario, int round) throws Exception {
        try {
            measure(subject, scenario, round);
        } catch (IOException e) {
            String what = String.format("%s, %s, round %d: %s", subject.name(), scenario.text(), round, e.getMessage());
            System.err.println("not measured: " + what);
            unmeasured.add(what);
        }
    }

    private void measure(Subject subject, OverloadScenario scenario, int round) throws Exception {
        Path folder = Files.createTempDirectory("bench-");
        try (BenchDatabase database = BenchDatabase.startRoomyStandIn(folder);
                Hop hop = scenario.wire().open(database);
                Service service = subject.start(hop.endpoint(), database, folder)) {
            service.awaitReady();
            Load.in(folder).warmUp(service, OverloadScenario.CALLERS, "warm-", warmUp);
            OverloadedStart start = new OverloadedStart(
                    subject.name(), scenario, round, Duration.ofSeconds(seconds), service, database, subjects, folder);
            try (OwnProcessor own = OwnProcessor.give(service.pid(), database.pid())) {
                start.getUsedTo(hop);
                database.collect();
                try (ProcessorQuota quota = ProcessorQuota.of(service.pid(), share);
                        ServiceWatch watch = ServiceWatch.start(service)) {
                    ServiceLimit limit = start.limit();
                    hop.begin();
                    if (scenario == OverloadScenario.HOLD) {
                        holds.add(start.hold(limit, watch));
                    } else {
                        rows.addAll(start.overload(limit, watch));
                    }
                }
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private Map<String, String> settings() throws IOException, InterruptedException {
        Map<String, String> settings = new TreeMap<>(subjects.described());
        settings.put("connections at most", Integer.toString(OpenLoad.CONNECTIONS));
        settings.put("share of a processor", Double.toString(share));
        settings.put("rounds", Integer.toString(rounds));
        settings.put("seconds of each rate, at least", Integer.toString(seconds));
        settings.put("warm-up writes", Integer.toString(warmUp));
        return settings;
    }
}
