package dev.databasetraffic.rehearsal.cli;

import static dev.databasetraffic.rehearsal.experiment.HumanDuration.format;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.matrix.Client;
import dev.databasetraffic.rehearsal.matrix.Matrix;
import dev.databasetraffic.rehearsal.matrix.MatrixReport;
import dev.databasetraffic.rehearsal.matrix.Plan;
import dev.databasetraffic.rehearsal.matrix.Row;
import dev.databasetraffic.rehearsal.report.ReportException;
import dev.databasetraffic.rehearsal.report.Reports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "matrix",
        description =
                "Every fault of the wire against every way of using the client, on this machine: what callers got,"
                        + " how long they waited, what became of their writes. Exits with 1 if the guarded client breaks a bar.",
        mixinStandardHelpOptions = true)
final class MatrixCommand implements Callable<Integer>, Matrix.Listener {

    private static final List<String> QUICK =
            List.of("echo", "silent", "refused", "frozen", "reply-lost", "token-refused");
    private static final Duration QUICK_OUTAGE = Duration.ofSeconds(3);

    @Mixin
    private Options common = new Options();

    @Mixin
    private Display display = new Display();

    @Option(
            names = "--quick",
            description = "At most 90 seconds: six faults of 3s, open connections cut, the guarded client.")
    private boolean quick;

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            split = ",",
            description =
                    "guarded, deadline, default, default-guarded: values of plants.firestore.client. grpc, grpc-guarded: a"
                            + " service of plain grpc-java, for the faults of the wire. Default: guarded.")
    private List<String> clients = new ArrayList<>(List.of("guarded"));

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            split = ",",
            description = "Faults by name; a wrong one shows them all. Default: every one.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--connections",
            paramLabel = "WHAT",
            split = ",",
            description = "What becomes of open connections when the fault begins: cut, left. Default: cut,left.")
    private List<Connections> connections = new ArrayList<>(List.of(Connections.values()));

    @Option(
            names = "--outage",
            paramLabel = "DURATION",
            split = ",",
            converter = DurationConverter.class,
            description = "How long each fault lasts, e.g. 10s,60s. Default: 10s.")
    private List<Duration> outages = new ArrayList<>(List.of(Duration.ofSeconds(10)));

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "Writes begun per second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where matrix.md and matrix.json go. By default: a new folder in ./rehearsals.")
    private @Nullable Path out;

    /** Which clients each of them served. */
    private final Map<String, String> databases = new LinkedHashMap<>();

    private @Nullable Terminal terminal;

    @Override
    public Integer call() throws ReportException, PlaceException, InterruptedException, IOException {
        Plan plan = plan();
        Reports folder = Reports.in(out == null ? Options.newFolder("matrix") : out);
        Terminal screen = display.terminal();
        terminal = screen;
        List<Row> rows = new ArrayList<>();
        Path markdown = folder.folder().resolve("matrix.md");
        try (Interruption ignored = new Interruption()) {
            try {
                new Matrix(plan, this).run(common.place(folder.folder(), 0, screen), rows::add);
            } finally {
                // What was seen before an interruption is worth keeping.
                new MatrixReport(command(plan), environment(), rows)
                        .write(markdown, folder.folder().resolve("matrix.json"));
            }
            screen.say("table    " + markdown);
            List<Row> broken = rows.stream()
                    .filter(row -> row.client().equals("guarded") && !row.isGood())
                    .toList();
            screen.print(rows.size() + " rows · guarded outside the bars: " + broken.size());
            return broken.isEmpty() ? Exit.HELD : Exit.DID_NOT_HOLD;
        }
    }

    @Override
    public void started(String client, Map<String, String> environment) {
        databases.merge(environment.getOrDefault("Database", "not told"), client, (all, one) -> all + ", " + one);
    }

    @Override
    public void begins(int number, int of, String client, String fault, Connections open, Duration outage) {
        screen().status(String.format(
                Locale.ROOT, "  %d / %d  %s  %s  %s  %s …", number, of, client, fault, name(open), format(outage)));
    }

    @Override
    public void ended(Row row) {
        String mark = row.isGood() ? "✓" : "✗";
        String latency = row.failures().count() == 0
                ? "no failure"
                : row.failures().count() + " failed, p99 "
                        + format(row.failures().p99());
        String back = row.recover() == null ? "not back" : "back after " + format(row.recover());
        screen().say(String.format(
                Locale.ROOT,
                "  %s %-9s %-18s %-5s %-5s %s · %s · unknown %d, settled %d%s",
                mark,
                row.client(),
                row.fault(),
                name(row.connections()),
                format(row.outage()),
                latency,
                back,
                row.unknown(),
                row.settled(),
                row.isGood() ? "" : " · " + String.join("; ", row.defects())));
    }

    private Plan plan() {
        refuse("--client", clients, Set.copyOf(Client.ids()));
        refuse("--fault", faults, Set.copyOf(Matrix.faults()));
        if (rate < 1 || rate > 500) {
            throw common.invalid("--rate: " + rate + " is not a rate from 1 to 500 writes per second");
        }
        if (outages.stream().anyMatch(outage -> outage.compareTo(Duration.ofSeconds(1)) < 0)) {
            throw common.invalid("--outage: an outage lasts 1s at least; give e.g. 10s,60s");
        }
        return quick
                ? new Plan(List.of(Client.GUARDED), QUICK, Set.of(Connections.CUT), List.of(QUICK_OUTAGE), rate)
                : new Plan(clients.stream().map(Client::of).toList(), faults, Set.copyOf(connections), outages, rate);
    }

    private void refuse(String option, List<String> given, Set<String> known) {
        given.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw common.invalid(
                    option + ": there is no '" + name + "'; give some of " + String.join(", ", new TreeSet<>(known)));
        });
    }

    /** What makes the same rows again, wherever the files go. */
    private String command(Plan plan) {
        return quick
                ? "./rehearse matrix --quick"
                : "./rehearse matrix --client "
                        + plan.clients().stream().map(Client::id).collect(Collectors.joining(","))
                        + (plan.faults().isEmpty() ? "" : " --fault " + String.join(",", plan.faults()))
                        + " --connections "
                        + plan.connections().stream()
                                .sorted()
                                .map(MatrixCommand::name)
                                .collect(Collectors.joining(","))
                        + " --outage "
                        + plan.outages().stream()
                                .map(outage -> outage.toSeconds() + "s")
                                .collect(Collectors.joining(","))
                        + " --rate " + plan.rate();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Java", Runtime.version().toString());
        environment.put(
                "Machine",
                Runtime.getRuntime().availableProcessors() + " processors, shared by service, database and rehearsal");
        databases.forEach((database, clients) -> environment.put("Database of " + clients, database));
        return environment;
    }

    private Terminal screen() {
        return Objects.requireNonNull(terminal);
    }

    private static String name(Connections open) {
        return open.name().toLowerCase(Locale.ROOT);
    }
}
