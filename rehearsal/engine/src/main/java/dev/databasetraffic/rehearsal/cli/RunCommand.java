package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.experiment.Rehearsal;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.page.LivePage;
import dev.databasetraffic.rehearsal.report.ReportException;
import dev.databasetraffic.rehearsal.report.Reports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = "Runs an experiment: steady state, outage, recovery, verification.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    static final String DEFAULT_EXPERIMENT = "experiments/black-hole.yaml";

    @Parameters(
            paramLabel = "EXPERIMENT.yaml",
            arity = "0..1",
            description = "What to rehearse. By default: " + DEFAULT_EXPERIMENT + " of this suite.")
    private @Nullable Path file;

    @Mixin
    private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        return run(file, run);
    }

    /** The options of a run, which {@code ./rehearse} takes without a command as well. */
    static final class RunOptions {

        @Mixin
        private Options common = new Options();

        @Mixin
        private Display display = new Display();

        @Mixin
        private PageOptions pages = new PageOptions();

        @Option(
                names = "--on",
                paramLabel = "PLACE",
                defaultValue = "local",
                description = "Where to run it: local, compose or kubernetes. Default: ${DEFAULT-VALUE}.")
        private Places place = Places.LOCAL;

        @Option(
                names = "--fault",
                paramLabel = "FILE",
                description = "The outage's manifest, in place of the one that the experiment names.")
        private @Nullable Path fault;

        @Option(
                names = "--out",
                paramLabel = "FOLDER",
                description = "Where the reports go. By default: a new folder in ./rehearsals.")
        private @Nullable Path out;
    }

    static int run(@Nullable Path file, RunOptions options)
            throws ExperimentException, ManifestException, ReportException, PlaceException, InterruptedException {
        Path definition = file == null ? Options.home().resolve(DEFAULT_EXPERIMENT) : file;
        Experiment experiment = ExperimentFile.read(definition);
        Path outage = outage(definition, experiment, options);
        Reports reports = Reports.in(
                options.out == null ? Options.newFolder(options.place.name().toLowerCase(Locale.ROOT)) : options.out);
        Terminal terminal = options.display.terminal();
        terminal.say(terminal.styled(Terminal.Style.BOLD, experiment.title()));
        try (Interruption ignored = new Interruption()) {
            Run result = rehearse(experiment, outage, options, reports, terminal);
            terminal.print(VerdictText.lastLine(result));
            VerdictText.files(terminal, reports);
            return Exit.of(result);
        }
    }

    private static Run rehearse(
            Experiment experiment, Path outage, RunOptions options, Reports reports, Terminal terminal)
            throws PlaceException, ReportException, InterruptedException {
        PlaceOptions plain = options.common.place(reports.folder(), 0, terminal);
        try (LivePage page = options.pages.start(false, experiment.title(), terminal);
                Place place =
                        options.place.open(page == null ? plain : plain.alsoSaying(page::say), experiment.scope())) {
            Progress progress = Shown.on(page, place, new LiveProgress(terminal));
            Rehearsal rehearsal = new Rehearsal(experiment, outage, place, progress);
            Run result = rehearsal.run();
            reports.write(result, rehearsal.writes());
            VerdictText.print(terminal, result);
            Shown.end(page, result, reports, VerdictText.lastLine(result));
            return result;
        } finally {
            terminal.clear();
        }
    }

    private static Path outage(Path definition, Experiment experiment, RunOptions options)
            throws ExperimentException, ManifestException {
        Path named = options.fault != null
                ? options.fault
                : definition
                        .toAbsolutePath()
                        .resolveSibling(experiment.fault().apply())
                        .normalize();
        if (!Files.isReadable(named) || Files.isDirectory(named)) {
            throw new ExperimentException(named + ": there is no such manifest, or it cannot be read; "
                    + (options.fault != null ? "--fault" : "fault.apply in " + definition)
                    + " names it, e.g. istio/outage/black-hole.yaml");
        }
        Manifest.read(named);
        return named;
    }
}
