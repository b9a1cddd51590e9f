package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.faults.Wire;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.LiveLoad;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import dev.databasetraffic.rehearsal.page.Ending;
import dev.databasetraffic.rehearsal.page.LivePage;
import dev.databasetraffic.rehearsal.page.PlaceControls;
import dev.databasetraffic.rehearsal.page.SampleRequest;
import dev.databasetraffic.rehearsal.report.ReportException;
import dev.databasetraffic.rehearsal.report.Reports;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "up",
        description =
                "Keeps a system running, to play with: starts the local one, starts that of docker-compose.yml if it"
                        + " does not run yet, or takes a service in a cluster as it is. Ctrl-C ends what was started, and outages.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private static final int PORT = 8080;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Parameters(
            paramLabel = "EXPERIMENT.yaml",
            arity = "0..1",
            description = "Whose service and database. By default: " + Definition.DEFAULT + " of this suite.")
    private @Nullable Path file;

    @Mixin
    private Options options = new Options();

    @Mixin
    private Display display = new Display();

    @Mixin
    private PageOptions pages = new PageOptions();

    @Option(
            names = "--on",
            paramLabel = "PLACE",
            defaultValue = "local",
            description = "Where: local, compose or kubernetes. Default: ${DEFAULT-VALUE}.")
    private PlaceChoice where = PlaceChoice.LOCAL;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where the logs go. By default: a new folder in ./rehearsals.")
    private @Nullable Path out;

    @Override
    public Integer call() throws ReportException, ExperimentException, PlaceException, InterruptedException {
        Definition definition = Definition.read(file);
        Terminal terminal = display.terminal();
        Path logs = Reports.in(out == null ? Options.newFolder("up") : out).folder();
        int port = where == PlaceChoice.LOCAL && file == null ? PORT : 0;
        try (Interruption ignored = new Interruption();
                LivePage page = pages.start(true, title(definition.experiment()), terminal);
                Place place = open(definition, page, options.place(logs, port, terminal))) {
            place.onMeshEvent(event -> terminal.say(CLOCK.format(event.at()) + "  "
                    + event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + event.detail()));
            terminal.say(invitation(definition, place, logs));
            if (page == null) {
                awaitEnd();
            } else {
                show(definition, page, place);
            }
            return Exit.HELD;
        }
    }

    private String title(Experiment experiment) {
        return switch (where) {
            case LOCAL -> "The local system";
            case COMPOSE -> "The system of docker-compose.yml";
            case KUBERNETES -> experiment.service().name() + " in the cluster";
        };
    }

    /** On this machine without the fault of the wire that an experiment may name, because here it is chosen by hand. */
    private Place open(Definition definition, @Nullable LivePage page, PlaceOptions options)
            throws PlaceException, InterruptedException {
        PlaceOptions told = page == null ? options : options.alsoSaying(page::say);
        return where == PlaceChoice.LOCAL
                ? LocalPlace.open(told, definition.experiment(), definition.folder())
                : where.open(told, definition);
    }

    private static void show(Definition definition, LivePage page, Place place)
            throws PlaceException, InterruptedException {
        Experiment experiment = definition.experiment();
        SampleRequest sample = SampleRequest.of(experiment.operation().get(0).request(), "sunflower");
        LiveLoad load = new LiveLoad(place.service(), experiment, page::ended);
        // Those that lie beside the experiment's own.
        Path outages = outage(definition).resolveSibling("");
        Wire wire = place instanceof LocalPlace local ? local.wire() : null;
        try (PlaceControls controls = new PlaceControls(place, outages, wire, load, sample, page::happened)) {
            place.onMeshEvent(controls::heard);
            Shown.watch(page, place);
            page.offer(controls);
            awaitEnd();
        } finally {
            page.end(Ending.of("./rehearse up was ended."));
        }
    }

    private static void awaitEnd() throws InterruptedException {
        // Nothing counts this down: Ctrl-C interrupts the wait.
        new CountDownLatch(1).await();
    }

    private String invitation(Definition definition, Place place, Path logs) {
        Experiment experiment = definition.experiment();
        String tries = switch (where) {
            case LOCAL -> """
                            tail -f %s/%s.log
                              ./rehearse outage start %s
                              ./rehearse outage stop""".formatted(logs, experiment.service().name(), fromHere(outage(definition)));
            case COMPOSE -> """
                            docker compose exec envoy outage start black-hole
                              docker compose exec envoy outage stop""";
            case KUBERNETES -> "kubectl get virtualservices -A";
        };
        return """

                Try, in another terminal:
                  %s
                  %s
                Ctrl-C here ends %s.""".formatted(
                Curl.of(experiment.operation().get(0).request(), place.service(), "sunflower"),
                tries,
                where == PlaceChoice.LOCAL ? "everything" : "the outage that was begun here, and what was started");
    }

    private static Path outage(Definition definition) {
        Path own = definition.outage();
        return own == null ? Options.home().resolve(OutageCommand.DEFAULT_OUTAGE) : own;
    }

    /** As one would type it. */
    private static Path fromHere(Path file) {
        Path absolute = file.toAbsolutePath();
        Path here = Path.of("").toAbsolutePath();
        return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
    }
}
