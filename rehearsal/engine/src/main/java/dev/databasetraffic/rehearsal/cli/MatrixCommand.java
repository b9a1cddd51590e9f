package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.matrix.Client;
import dev.databasetraffic.rehearsal.matrix.Matrix;
import dev.databasetraffic.rehearsal.matrix.MatrixReport;
import dev.databasetraffic.rehearsal.matrix.Plan;
import dev.databasetraffic.rehearsal.matrix.Row;
import dev.databasetraffic.rehearsal.page.Ending;
import dev.databasetraffic.rehearsal.page.LivePage;
import dev.databasetraffic.rehearsal.report.ReportException;
import dev.databasetraffic.rehearsal.report.Reports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "matrix",
        description =
                "Every fault of the wire against every way of using the client, on this machine: what callers got,"
                        + " how long they waited, what became of their writes. Exits with 1 if the first client breaks a bar.",
        mixinStandardHelpOptions = true)
final class MatrixCommand implements Callable<Integer> {

    private static final List<String> QUICK =
            List.of("echo", "silent", "refused", "frozen", "reply-lost", "token-refused");
    private static final String TITLE = "The fault matrix";
    private static final Duration QUICK_OUTAGE = Duration.ofSeconds(3);
    private static final List<String> NOT_WITH_QUICK = List.of("--client", "--fault", "--connections", "--outage");
    private static final Duration SHORTEST_OUTAGE = Duration.ofSeconds(1);
    private static final Duration LONGEST_OUTAGE = Duration.ofHours(24);

    @Mixin
    private Options common = new Options();

    @Mixin
    private Display display = new Display();

    @Parameters(
            paramLabel = "EXPERIMENT.yaml",
            arity = "0..1",
            description = "Whose service and database. By default: " + Definition.DEFAULT + " of this suite.")
    private @Nullable Path file;

    @Mixin
    private PageOptions pages = new PageOptions();

    @Option(
            names = "--quick",
            description = "At most 90 seconds: six faults of 3s, open connections cut, the first client.")
    private boolean quick;

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            split = ",",
            description =
                    "Variants of the experiment by name; a wrong one shows them all. grpc, grpc-guarded: a service of plain"
                            + " grpc-java, for the faults of the wire. Default: the first.")
    private List<String> clients = new ArrayList<>();

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

    @Override
    public Integer call()
            throws ReportException, ExperimentException, PlaceException, InterruptedException, IOException {
        Definition definition = Definition.read(file);
        Experiment experiment = definition.experiment();
        List<Client> known = Client.of(experiment);
        Plan plan = plan(known);
        Reports folder = Reports.in(out == null ? Options.newFolder("matrix") : out);
        Terminal screen = display.terminal();
        List<Row> rows = new ArrayList<>();
        Path markdown = folder.folder().resolve("matrix.md");
        try (Interruption ignored = new Interruption();
                LivePage page = pages.start(false, TITLE, screen)) {
            ShownMatrix shown = new ShownMatrix(screen, page);
            try {
                PlaceOptions place = common.place(folder.folder(), 0, screen);
                new Matrix(experiment, definition.folder(), plan, shown)
                        .run(page == null ? place : place.alsoSaying(page::say), rows::add);
            } finally {
                // What was seen before an interruption is worth keeping.
                new MatrixReport(
                                command(plan),
                                environment(),
                                new MatrixReport.Subject(
                                        experiment.service().name(),
                                        experiment.database().host(),
                                        shown.database()),
                                known.stream().collect(Collectors.toMap(Client::id, Client::description)),
                                experiment.tolerances(),
                                rows)
                        .write(markdown, folder.folder().resolve("matrix.json"));
            }
            screen.say("table    " + markdown);
            String first = plan.clients().get(0).id();
            List<Row> broken = rows.stream()
                    .filter(row -> row.client().equals(first) && !row.isGood())
                    .toList();
            String sum = rows.size() + " rows · " + first + " outside the bars: " + broken.size();
            screen.print(sum);
            if (page != null) {
                page.end(ending(sum, broken.isEmpty(), markdown));
            }
            return broken.isEmpty() ? Exit.HELD : Exit.DID_NOT_HOLD;
        }
    }

    private static Ending ending(String sum, boolean good, Path table) {
        return new Ending(
                good ? "held" : "broken", sum, List.of("The table: " + table.toAbsolutePath()), List.of(), null, null);
    }

    private Plan plan(List<Client> known) {
        for (String option : quick ? NOT_WITH_QUICK : List.<String>of()) {
            if (common.isGiven(option)) {
                throw common.invalid(option + ": --quick says that itself; leave one of them out");
            }
        }
        refuse("--client", clients, known.stream().map(Client::id).collect(Collectors.toSet()));
        refuse("--fault", faults, Set.copyOf(Matrix.faults()));
        if (rate < 1 || rate > 500) {
            throw common.invalid("--rate: " + rate + " is not a rate from 1 to 500 writes per second");
        }
        if (outages.stream()
                .anyMatch(outage -> outage.compareTo(SHORTEST_OUTAGE) < 0 || outage.compareTo(LONGEST_OUTAGE) > 0)) {
            throw common.invalid("--outage: an outage lasts from 1s to 24h; give e.g. 10s,60s");
        }
        List<Client> first = List.of(known.get(0));
        List<Client> chosen = clients.stream()
                .flatMap(id -> known.stream().filter(client -> client.id().equals(id)))
                .toList();
        return quick
                ? new Plan(first, QUICK, Set.of(Connections.CUT), List.of(QUICK_OUTAGE), rate)
                : new Plan(chosen.isEmpty() ? first : chosen, faults, Set.copyOf(connections), outages, rate);
    }

    private void refuse(String option, List<String> given, Set<String> known) {
        given.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw common.invalid(
                    option + ": there is no '" + name + "'; give some of " + String.join(", ", new TreeSet<>(known)));
        });
    }

    /** What makes the same rows again, wherever the files go. */
    private String command(Plan plan) {
        String start = "./rehearse matrix" + (file == null ? "" : " " + file.getFileName());
        return quick
                ? start + " --quick"
                : start + " --client "
                        + plan.clients().stream().map(Client::id).collect(Collectors.joining(","))
                        + (plan.faults().isEmpty() ? "" : " --fault " + String.join(",", plan.faults()))
                        + " --connections "
                        + plan.connections().stream()
                                .sorted()
                                .map(Connections::text)
                                .collect(Collectors.joining(","))
                        + " --outage "
                        + plan.outages().stream()
                                .map(outage -> outage.toSeconds() + "s")
                                .collect(Collectors.joining(","))
                        + " --rate " + plan.rate();
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Java", Runtime.version().toString());
        environment.put(
                "Machine",
                Runtime.getRuntime().availableProcessors() + " processors, shared by service, database and rehearsal");
        return environment;
    }
}
