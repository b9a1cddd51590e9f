package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.experiment.Rehearsal;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.matrix.WireOutage;
import dev.databasetraffic.rehearsal.page.LivePage;
import dev.databasetraffic.rehearsal.report.ReportException;
import dev.databasetraffic.rehearsal.report.Reports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
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

    @Parameters(
            paramLabel = "EXPERIMENT.yaml",
            arity = "0..1",
            description = "What to rehearse. By default: " + Definition.DEFAULT + " of this suite.")
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
        private PlaceChoice place = PlaceChoice.LOCAL;

        @Option(
                names = "--fault",
                paramLabel = "FILE",
                description = "The outage's manifest, in place of the one that the experiment names.")
        private @Nullable Path fault;

        @Option(
                names = "--variant",
                paramLabel = "NAME",
                description = "The service with other settings, those of that variant of the experiment (local only).")
        private @Nullable String variant;

        @Option(
                names = "--quick",
                description =
                        "Cut the phases short, to a few seconds each, for a first look (local only). What a longer outage"
                                + " would have shown is said.")
        private boolean quick;

        @Option(
                names = "--out",
                paramLabel = "FOLDER",
                description = "Where the reports go. By default: a new folder in ./rehearsals.")
        private @Nullable Path out;
    }

    static int run(@Nullable Path file, RunOptions options)
            throws ExperimentException, ManifestException, ReportException, PlaceException, InterruptedException {
        Definition definition = Definition.read(file).withFault(options.fault).withVariant(options.variant);
        Experiment experiment = definition.experiment();
        if (options.quick && options.place != PlaceChoice.LOCAL) {
            throw options.common.invalid("--quick: is for this machine; the mesh of another place lets open connections"
                    + " live on for as long as the whole of it takes. Leave out --quick or --on");
        }
        if (options.variant != null && options.place != PlaceChoice.LOCAL) {
            throw options.common.invalid("--variant: starts the service with other settings, and in another place it is"
                    + " taken as it is deployed. Leave --on out, or deploy it so");
        }
        Path outage = outage(definition, options);
        Reports reports = Reports.in(
                options.out == null ? Options.newFolder(options.place.name().toLowerCase(Locale.ROOT)) : options.out);
        Terminal terminal = options.display.terminal();
        terminal.say(terminal.styled(Terminal.Style.BOLD, Terminal.plain(experiment.title())));
        try (Interruption ignored = new Interruption()) {
            Run result = rehearse(definition, outage, options, reports, terminal);
            VerdictText.files(terminal, reports);
            return Exit.of(result);
        }
    }

    private static Run rehearse(
            Definition definition, Path outage, RunOptions options, Reports reports, Terminal terminal)
            throws PlaceException, ReportException, InterruptedException {
        Experiment whole = definition.experiment();
        Experiment experiment = options.quick ? QuickRehearsal.of(whole) : whole;
        Duration drain = options.quick ? QuickRehearsal.DRAIN : Options.DRAIN;
        PlaceOptions plain = options.common.place(reports.folder(), 0, drain, terminal);
        try (LivePage page = options.pages.start(false, experiment.title(), terminal);
                Place place = options.place.open(page == null ? plain : plain.alsoSaying(page::say), definition)) {
            Progress progress = Shown.on(page, place, new LiveProgress(terminal));
            Rehearsal rehearsal = new Rehearsal(experiment, outage, place, progress);
            if (options.quick) {
                rehearsal.note(QuickRehearsal.note(whole));
            }
            Run result = rehearsal.run();
            // First to the screen: whatever the disk does, the verdict is told.
            VerdictText.print(terminal, result);
            String lastLine = VerdictText.lastLine(result);
            terminal.print(lastLine);
            try {
                reports.write(result, rehearsal.writes());
            } finally {
                Shown.end(page, result, reports, lastLine);
            }
            return result;
        } finally {
            terminal.clear();
        }
    }

    /** The outage's manifest; for a fault of the wire, its name. */
    private static Path outage(Definition definition, RunOptions options)
            throws ExperimentException, ManifestException {
        Experiment.Fault fault = definition.experiment().fault();
        if (fault.wire() != null && options.place != PlaceChoice.LOCAL) {
            throw new ExperimentException("fault.wire in " + definition.file() + ": the wire's faults are made on this"
                    + " machine alone; give fault.apply, or leave --on out");
        }
        if (options.fault == null && fault.wire() != null) {
            WireOutage.check(fault, definition.file());
            return Path.of(fault.wire());
        }
        Path named = options.fault != null ? options.fault : Objects.requireNonNull(definition.outage());
        Definition.requireReadable(named, options.fault != null ? "--fault" : "fault.apply in " + definition.file());
        Manifest.read(named);
        return named;
    }
}
