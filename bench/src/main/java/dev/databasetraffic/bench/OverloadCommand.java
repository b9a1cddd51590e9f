package dev.databasetraffic.bench;

import dev.databasetraffic.bench.FormOptions.Form;
import dev.databasetraffic.bench.load.Load;
import dev.databasetraffic.bench.load.OpenLoad;
import dev.databasetraffic.bench.load.OpenRequest;
import dev.databasetraffic.bench.load.OpenResult;
import dev.databasetraffic.bench.load.SilentConnections;
import dev.databasetraffic.bench.load.Stage;
import dev.databasetraffic.bench.report.HeldConnections;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.bench.report.OverloadResults;
import dev.databasetraffic.bench.report.OverloadedRate;
import dev.databasetraffic.bench.report.ServiceLimit;
import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.bench.running.DatabaseWire;
import dev.databasetraffic.bench.running.Hop;
import dev.databasetraffic.bench.running.OwnProcessor;
import dev.databasetraffic.bench.running.ProcessUse;
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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
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

    private static final int CALLERS = 64;

    /** Where each waits for long. */
    private static final int MANY_CALLERS = 200;

    /** Connections that somebody opens and says nothing on: twice what the service has. */
    private static final int HELD = 1_600;

    private static final Duration ROUND_TRIP = Duration.ofMillis(20);
    private static final Duration THERE = Duration.ofSeconds(3);
    private static final Duration GONE = Duration.ofSeconds(2);

    /** In the part of what it can serve that it meets before, between and after. */
    private static final double USUAL = 0.5;

    /** An answer that takes no longer is as usual. */
    private static final Duration IN_TIME = Duration.ofMillis(250);

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
            description = "length of each rate (default: ${DEFAULT-VALUE})")
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
            defaultValue = "0.4",
            description = "what the service may use of its processor once it is warm (default: ${DEFAULT-VALUE})")
    private double share;

    @Option(names = "--scenarios", split = ",", description = "which of ${COMPLETION-CANDIDATES} (default: all)")
    private List<Scenario> scenarios = List.of(Scenario.values());

    private final List<OverloadedRate> rows = new ArrayList<>();
    private final List<HeldConnections> holds = new ArrayList<>();

    /** What is asked, and where the database is. */
    enum Scenario {
        ADD("add a plant", DatabaseWire.direct(), CALLERS),
        GET("get a plant", DatabaseWire.direct(), CALLERS),
        LIST("list 20 plants", DatabaseWire.direct(), CALLERS),
        ADD_FAR("add a plant, database 20 ms away", DatabaseWire.delayed(ROUND_TRIP), MANY_CALLERS),
        ADD_INTERMITTENT(
                "add a plant, database there for 3 s and gone for 2 s",
                DatabaseWire.intermittent(THERE, GONE),
                CALLERS),
        HOLD("add a plant, while connections are held", DatabaseWire.direct(), CALLERS);

        private final String text;
        private final DatabaseWire wire;
        private final int callers;

        /** @param callers so many at once that the service is busy, and so few that it refuses none */
        Scenario(String text, DatabaseWire wire, int callers) {
            this.text = text;
            this.wire = wire;
            this.callers = callers;
        }

        private boolean isRead() {
            return this == GET || this == LIST;
        }

        private OpenRequest request(String id) {
            return switch (this) {
                case GET -> OpenRequest.get(id);
                case LIST -> OpenRequest.list(20);
                default -> OpenRequest.add("limit-" + UUID.randomUUID() + "-");
            };
        }
    }

    @Override
    public Integer call() throws Exception {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        Path folder = Files.createTempDirectory("bench-");
        try {
            List<Form> turns = forms.prepared(subjects, folder);
            for (int round = 1; round <= rounds; round++) {
                for (Scenario scenario : scenarios) {
                    for (Form form : turns) {
                        // The peers have nothing but POST.
                        if (!scenario.isRead() || form.subject().name().equals(SubjectOptions.PLANTS)) {
                            measure(form.subject(), scenario, round);
                        }
                    }
                    Collections.rotate(turns, 1);
                }
            }
        } finally {
            Folders.delete(folder);
        }
        OverloadResults results = new OverloadResults(startedAt, machine, settings(), rows, holds);
        output.write(subjects, "overload", results, results.markdown(SubjectOptions.PLANTS));
        return rows.stream().allMatch(row -> row.wrong() == 0) ? 0 : 1;
    }

    private void measure(Subject subject, Scenario scenario, int round) throws Exception {
        Path folder = Files.createTempDirectory("bench-");
        try (BenchDatabase database = BenchDatabase.startRoomy(folder);
                Hop hop = scenario.wire.open(database);
                Service service = subject.start(hop.endpoint(), database, folder)) {
            service.awaitReady();
            Load.in(folder).warmUp(service, scenario.callers, "warm-", warmUp);
            OpenRequest request = scenario.request(scenario.isRead() ? service.add() : "");
            if (scenario.isRead()) {
                new OpenLoad(subjects.arrivals(), folder, scenario.callers)
                        .limit(service.address(), request, Duration.ofSeconds(seconds));
            }
            try (OwnProcessor own = OwnProcessor.give(service.pid(), database.pid());
                    ProcessorQuota quota = ProcessorQuota.of(service.pid(), share);
                    ServiceWatch watch = ServiceWatch.start(service)) {
                OpenLoad callers = new OpenLoad(subjects.arrivals(), folder, scenario.callers);
                // To get used to it, and to refusals.
                double first = callers.limit(service.address(), request, Duration.ofSeconds(seconds));
                new OpenLoad(subjects.arrivals(), folder, OpenLoad.CONNECTIONS)
                        .run(service.address(), request, stages(new ServiceLimit(first, Double.NaN), 3));
                Duration before = ProcessUse.cpu(service.pid());
                double perSecond = callers.limit(service.address(), request, Duration.ofSeconds(seconds));
                Duration used = ProcessUse.cpu(service.pid()).minus(before);
                hop.begin();
                ServiceLimit limit = new ServiceLimit(perSecond, used.toNanos() / 1000.0 / perSecond / seconds);
                OpenRequest over = request.withPrefix("over-");
                if (scenario == Scenario.HOLD) {
                    hold(
                            subject,
                            round,
                            limit,
                            new OpenLoad(subjects.arrivals(), folder, CALLERS),
                            over,
                            service,
                            watch);
                    return;
                }
                List<OpenResult> results = new OpenLoad(subjects.arrivals(), folder, OpenLoad.CONNECTIONS)
                        .run(service.address(), over, stages(limit, USUAL, 2, USUAL, 4, USUAL));
                Map<String, Integer> stored = scenario.isRead() ? Map.of() : database.stored(over.prefix());
                for (int i = 0; i < results.size(); i++) {
                    OpenResult result = results.get(i);
                    OverloadedRate row = OverloadedRate.of(
                            subject.name(),
                            scenario.text,
                            round,
                            i,
                            limit,
                            result,
                            watch.between(result.from(), result.to()),
                            result.normalAfter(IN_TIME),
                            watch.healthBetween(result.from(), result.to()),
                            scenario.isRead() ? 0 : result.wrong(stored));
                    System.err.printf(Locale.ROOT, "round %d  %s%n", round, row.line());
                    rows.add(row);
                }
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private void hold(
            Subject subject,
            int round,
            ServiceLimit limit,
            OpenLoad load,
            OpenRequest request,
            Service service,
            ServiceWatch watch)
            throws IOException, InterruptedException {
        try (SilentConnections silent = SilentConnections.open(service.address(), HELD, Duration.ofSeconds(seconds))) {
            List<OpenResult> results = load.run(service.address(), request, stages(limit, USUAL, USUAL, USUAL));
            HeldConnections hold = HeldConnections.of(
                    subject.name(),
                    round,
                    limit,
                    silent,
                    results,
                    results.stream()
                            .map(result -> watch.between(result.from(), result.to()))
                            .toList(),
                    watch.healthBetween(results.get(1).from(), results.get(1).to()));
            System.err.printf(Locale.ROOT, "round %d  %s%n", round, hold.line());
            holds.add(hold);
        }
    }

    private List<Stage> stages(ServiceLimit limit, double... loads) {
        return DoubleStream.of(loads)
                .mapToObj(load -> new Stage((int) Math.round(load * limit.perSecond()), Duration.ofSeconds(seconds)))
                .toList();
    }

    private Map<String, String> settings() throws IOException, InterruptedException {
        Map<String, String> settings = new TreeMap<>(subjects.described());
        settings.put("connections at most", Integer.toString(OpenLoad.CONNECTIONS));
        settings.put("share of a processor", Double.toString(share));
        settings.put("rounds", Integer.toString(rounds));
        settings.put("seconds of each rate", Integer.toString(seconds));
        settings.put("warm-up writes", Integer.toString(warmUp));
        return settings;
    }
}
