package dev.databasetraffic.rehearsal.cli;

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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = "Starts the local system and keeps it running, to play with. Ctrl-C ends it.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private static final int PORT = 8080;
    private static final String TITLE = "The local system";
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

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
    public Integer call() throws ReportException, PlaceException, InterruptedException {
        Terminal terminal = display.terminal();
        Path logs = Reports.in(out == null ? Options.newFolder("up") : out).folder();
        try (Interruption ignored = new Interruption();
                LivePage page = pages.start(true, TITLE, terminal);
                LocalPlace place = open(page, options.place(logs, PORT, terminal))) {
            place.onMeshEvent(event -> terminal.say(CLOCK.format(event.at()) + "  "
                    + event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + event.detail()));
            terminal.print(invitation(place, logs));
            if (page == null) {
                awaitEnd();
            } else {
                show(page, place);
            }
            return Exit.HELD;
        }
    }

    /** The wire's faults can be switched on the page alone; without one, nothing stands between service and mesh. */
    private static LocalPlace open(@Nullable LivePage page, PlaceOptions place)
            throws PlaceException, InterruptedException {
        return page == null ? LocalPlace.open(place) : LocalPlace.openForFaults(place.alsoSaying(page::say));
    }

    private static void show(LivePage page, LocalPlace place) throws PlaceException, InterruptedException {
        Map<String, Object> plant = new LinkedHashMap<>();
        plant.put("name", "sunflower");
        plant.put("quantity", 3);
        SampleRequest sample = new SampleRequest("POST", "/plants", plant);
        LiveLoad load = new LiveLoad(place.service(), page::ended);
        Path outages = Options.home().resolve("istio/outage");
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

    private static String invitation(LocalPlace place, Path logs) {
        return """

                Try, in another terminal:
                  curl -i -H 'Content-Type: application/json' -d '{"name":"sunflower","quantity":3}' %1$s/plants
                  curl -s %1$s/plants
                  curl -s %2$s/actuator/health
                  tail -f %3$s/plants.log
                  ./rehearse outage start      # istio/outage/black-hole.yaml
                  ./rehearse outage stop
                Ctrl-C here ends everything.""".formatted(place.service(), place.management(), logs);
    }
}
