package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.LiveLoad;
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
        description = "Starts the local system and keeps it running, to play with. Ctrl-C ends it.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private static final int PORT = 8080;
    private static final String TITLE = "The local system";
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
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where the logs go. By default: a new folder in ./rehearsals.")
    private @Nullable Path out;

    @Override
    public Integer call() throws ReportException, ExperimentException, PlaceException, InterruptedException {
        Definition definition = Definition.read(file);
        Terminal terminal = display.terminal();
        Path logs = Reports.in(out == null ? Options.newFolder("up") : out).folder();
        try (Interruption ignored = new Interruption();
                LivePage page = pages.start(true, TITLE, terminal);
                LocalPlace place = open(definition, page, options.place(logs, file == null ? PORT : 0, terminal))) {
            place.onMeshEvent(event -> terminal.say(CLOCK.format(event.at()) + "  "
                    + event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + event.detail()));
            terminal.say(invitation(definition.experiment(), place, logs));
            if (page == null) {
                awaitEnd();
            } else {
                show(definition, page, place);
            }
            return Exit.HELD;
        }
    }

    private static LocalPlace open(Definition definition, @Nullable LivePage page, PlaceOptions place)
            throws PlaceException, InterruptedException {
        return LocalPlace.open(
                page == null ? place : place.alsoSaying(page::say), definition.experiment(), definition.folder());
    }

    private static void show(Definition definition, LivePage page, LocalPlace place)
            throws PlaceException, InterruptedException {
        Experiment experiment = definition.experiment();
        SampleRequest sample = SampleRequest.of(experiment.operation().get(0).request(), "sunflower");
        LiveLoad load = new LiveLoad(place.service(), experiment, page::ended);
        String apply = experiment.fault().apply();
        // Those that lie beside the experiment's own.
        Path outages = apply == null
                ? Options.home().resolve("istio/outage")
                : definition.folder().resolve(apply).normalize().resolveSibling("");
        try (PlaceControls controls = new PlaceControls(place, outages, place.wire(), load, sample, page::happened)) {
            place.onMeshEvent(controls::heard);
            page.watch(place.watched());
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

    private static String invitation(Experiment experiment, LocalPlace place, Path logs) {
        return """

                Try, in another terminal:
                  %1$s
                  tail -f %2$s/%3$s.log
                  ./rehearse outage start      # istio/outage/black-hole.yaml
                  ./rehearse outage stop
                Ctrl-C here ends everything.""".formatted(
                        Curl.of(experiment.operation().get(0).request(), place.service(), "sunflower"),
                        logs,
                        experiment.service().name());
    }
}
