package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.rehearsal.experiment.Account;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.HumanDuration;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.experiment.Soak;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import dev.databasetraffic.rehearsal.page.LivePage;
import dev.databasetraffic.rehearsal.report.ReportException;
import dev.databasetraffic.rehearsal.report.Reports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "soak",
        description =
                "Outage after outage on this machine, of each manifest that lies beside the experiment's own, under a"
                        + " load that never pauses; at the end, every write is accounted for. The last line is the sum.",
        mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {

    private static final Duration SHORTEST_CYCLE = Duration.ofSeconds(10);
    private static final Duration LONGEST_CYCLE = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration SETTLE = Duration.ofMinutes(1);

    @Parameters(
            paramLabel = "EXPERIMENT.yaml",
            arity = "0..1",
            description = "Whose service and database. By default: " + Definition.DEFAULT + " of this suite.")
    private @Nullable Path file;

    @Mixin
    private Options common = new Options();

    @Mixin
    private Display display = new Display();

    @Mixin
    private PageOptions pages = new PageOptions();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "10m",
            description = "How long, e.g. 10m or 1h. Default: ${DEFAULT-VALUE}.")
    private Duration length = Duration.ZERO;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "30s",
            description = "How often an outage begins; it lasts half of that. Default: ${DEFAULT-VALUE}.")
    private Duration every = Duration.ZERO;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Writes begun per second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where the reports go. By default: a new folder in ./rehearsals.")
    private @Nullable Path out;

    @Override
    public Integer call()
            throws ReportException, ExperimentException, ManifestException, PlaceException, InterruptedException {
        if (every.compareTo(SHORTEST_CYCLE) < 0 || every.compareTo(LONGEST_CYCLE) > 0) {
            throw common.invalid("--every: an outage and its recovery need from 10s to 24h; give e.g. 30s");
        }
        if (length.compareTo(every) < 0) {
            throw common.invalid("--for: is shorter than --every, so there would be no outage; give e.g. 10m");
        }
        if (length.compareTo(LONGEST) > 0) {
            throw common.invalid("--for: is longer than 720h; give e.g. 10m");
        }
        if (rate < 1 || rate > 5000) {
            throw common.invalid("--rate: " + rate + " is not a rate from 1 to 5000 writes per second");
        }
        Definition definition = Definition.read(file);
        List<Path> outages = definition.outages();
        Duration recover = definition.experiment().tolerances().recover();
        if (recover != null && recovery().compareTo(recover) <= 0) {
            throw common.invalid(
                    "--every: leaves " + HumanDuration.format(recovery()) + " for a recovery that may take "
                            + HumanDuration.format(recover) + "; give more than twice as much as that");
        }
        Reports reports = Reports.in(out == null ? Options.newFolder("soak") : out);
        Terminal terminal = display.terminal();
        try (Interruption ignored = new Interruption()) {
            return Exit.of(soak(definition, outages, reports, terminal));
        }
    }

    private Run soak(Definition definition, List<Path> outages, Reports reports, Terminal terminal)
            throws PlaceException, ReportException, InterruptedException {
        int cycles = (int) length.dividedBy(every);
        Experiment experiment = experiment(definition.experiment(), outages);
        PlaceOptions plain = common.place(reports.folder(), 0, terminal);
        try (LivePage page = pages.start(false, experiment.title(), terminal);
                Place place = LocalPlace.open(
                        page == null ? plain : plain.alsoSaying(page::say),
                        definition.experiment(),
                        definition.folder())) {
            Progress progress = Shown.on(page, place, new LiveProgress(terminal));
            Soak soak = new Soak(experiment, outages, cycles, place, progress);
            Run result = soak.run();
            // First to the screen: whatever the disk does, the verdict is told.
            VerdictText.print(terminal, result);
            try {
                reports.write(result, soak.writes());
                VerdictText.files(terminal, reports);
            } finally {
                terminal.print(sum(result));
                Shown.end(page, result, reports, sum(result));
            }
            return result;
        } finally {
            terminal.clear();
        }
    }

    private Duration recovery() {
        return every.minus(every.dividedBy(2));
    }

    private Experiment experiment(Experiment base, List<Path> outages) {
        return base.with(
                "Outage after outage, what was acknowledged is there, once",
                Experiment.Fault.applied("in turn: "
                        + outages.stream()
                                .map(Path::getFileName)
                                .map(Path::toString)
                                .collect(Collectors.joining(", "))),
                new Experiment.Phases(Duration.ofSeconds(5), every.dividedBy(2), recovery(), SETTLE),
                new Experiment.Load(rate, 10_000, base.load().timeout()),
                base.tolerances().ofMany(0.99, true));
    }

    /** For eyes and for {@code grep}; what is not known is not called 0. */
    static String sum(Run run) {
        Account account = run.account();
        Account.Comparison database = account.comparison();
        return String.format(
                Locale.ROOT,
                "acknowledged %d · lost %s · duplicated %s · unresolved %d",
                account.count(Outcome.ACKNOWLEDGED) + account.settledWritten(),
                database == null ? "unknown" : database.acknowledgedLost(),
                database == null ? "unknown" : database.duplicates(),
                account.unresolved());
    }
}
