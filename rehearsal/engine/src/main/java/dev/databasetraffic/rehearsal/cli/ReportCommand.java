package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.report.Journal;
import dev.databasetraffic.rehearsal.report.ReportException;
import dev.databasetraffic.rehearsal.report.Reports;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = "Makes page, picture and JUnit XML of a journal again.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "JOURNAL", description = "The journal.json of a run.")
    private @Nullable Path journal;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where they go. By default: beside the journal.")
    private @Nullable Path out;

    @Mixin
    private Display display = new Display();

    @Override
    public Integer call() throws ReportException {
        Path file = Objects.requireNonNull(journal);
        Run run = Journal.read(file);
        Reports reports = Reports.in(
                out != null ? out : Objects.requireNonNull(file.toAbsolutePath().getParent()));
        reports.render(run);
        Terminal terminal = display.terminal();
        VerdictText.print(terminal, run);
        terminal.print(VerdictText.lastLine(run));
        terminal.say("report   " + reports.page());
        terminal.say("junit    " + reports.junit());
        return Exit.HELD;
    }
}
