package dev.databasetraffic.bench;

import dev.databasetraffic.bench.FormOptions.Form;
import dev.databasetraffic.bench.load.Load;
import dev.databasetraffic.bench.load.LoadStage;
import dev.databasetraffic.bench.load.OpenLoad;
import dev.databasetraffic.bench.load.OpenRequest;
import dev.databasetraffic.bench.load.OpenResult;
import dev.databasetraffic.bench.passing.Envoy;
import dev.databasetraffic.bench.passing.EnvoyBalancer;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.bench.report.RestartResults;
import dev.databasetraffic.bench.report.Restarted;
import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.bench.running.Service;
import dev.databasetraffic.kit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description =
                "A rolling restart under an open loop, as Kubernetes does it: the new one starts beside the old one, is "
                        + "led to once it is ready, and the old one ends five seconds after it was led to no more. "
                        + "Needs Envoy, which leads and repeats nothing.")
final class RestartCommand implements Callable<Integer> {

    private static final int WARM_UP = 50_000;

    /** Before the new one starts, and after the old one has ended. */
    private static final Duration CALM = Duration.ofSeconds(10);

    /** For the new one to start beside the load, and for the old one to end. */
    private static final Duration RESTART = Duration.ofSeconds(100);

    /** As in k8s/plants.yaml, where it is a hook before the end. */
    private static final Duration STILL_THERE = Duration.ofSeconds(5);

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private FormOptions forms = new FormOptions(List.of("image"));

    @Mixin
    private EnvoyOption envoy = new EnvoyOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--rounds",
            converter = Count.class,
            defaultValue = "3",
            description = "restarts of each (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--rate",
            converter = Count.class,
            defaultValue = "1000",
            description = "requests per second (default: ${DEFAULT-VALUE})")
    private int rate;

    @Override
    public Integer call() throws Exception {
        Envoy program = envoy.envoy().orElseThrow(() -> new IOException("--envoy is needed: Envoy's program."));
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        List<Restarted> restarts = new ArrayList<>();
        Path folder = Files.createTempDirectory("bench-");
        try {
            List<Form> prepared = forms.prepared(subjects, folder);
            for (int round = 1; round <= rounds; round++) {
                for (Form form : prepared) {
                    Restarted restarted = restart(program, form);
                    System.err.printf(Locale.ROOT, "round %d  %s%n", round, restarted.line());
                    restarts.add(restarted);
                }
            }
        } finally {
            Folders.delete(folder);
        }
        Map<String, String> settings = new TreeMap<>(subjects.described());
        settings.put("Envoy", program.version());
        settings.put("requests per second", Integer.toString(rate));
        settings.put("rounds", Integer.toString(rounds));
        RestartResults results = new RestartResults(startedAt, machine, settings, restarts);
        output.write(subjects, "restart", results, results.markdown());
        return restarts.stream().allMatch(restart -> restart.wrong() == 0) ? 0 : 1;
    }

    private Restarted restart(Envoy program, Form form) throws Exception {
        Path folder = Files.createTempDirectory("bench-");
        try (BenchDatabase database = BenchDatabase.startRoomy(folder);
                Service old = start(form, database, folder, "old")) {
            old.awaitReady();
            Load.in(folder).warmUp(old, 64, "warm-", WARM_UP);
            try (EnvoyBalancer balancer = EnvoyBalancer.open(
                    program, Files.createDirectory(folder.resolve("balancer")), List.of(old.port()))) {
                OpenRequest request = OpenRequest.add("restart-");
                List<LoadStage> stages =
                        List.of(new LoadStage(rate, CALM.plus(RESTART).plus(CALM)));
                FutureTask<OpenResult> load =
                        new FutureTask<>(() -> new OpenLoad(subjects.arrivals(), folder, OpenLoad.CONNECTIONS)
                                .run(balancer.entrance(), request, stages)
                                .get(0));
                Thread loading = new Thread(load, "load");
                loading.start();
                try {
                    Thread.sleep(CALM.toMillis());
                    Instant begun = Instant.now();
                    try (Service replacement = start(form, database, folder, "new")) {
                        replacement.awaitReady();
                        Instant ready = Instant.now();
                        balancer.lead(List.of(old.port(), replacement.port()));
                        balancer.lead(List.of(replacement.port()));
                        Thread.sleep(STILL_THERE.toMillis());
                        old.close();
                        Instant ended = Instant.now();
                        OpenResult result = load.get();
                        return Restarted.of(
                                form.subject().name(),
                                form.text(),
                                begun,
                                ready,
                                ended,
                                result,
                                result.wrong(database.stored(request.prefix())));
                    }
                } finally {
                    // If something failed; interrupted, it ends its program.
                    loading.interrupt();
                    loading.join();
                }
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static Service start(Form form, BenchDatabase database, Path folder, String name) throws IOException {
        return form.subject().start(database.endpoint(), database, Files.createDirectory(folder.resolve(name)));
    }
}
