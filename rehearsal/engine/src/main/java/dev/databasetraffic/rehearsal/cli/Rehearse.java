package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.report.ReportException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** {@code ./rehearse}: without a command, the black-hole rehearsal on this machine. */
@Command(
        name = "rehearse",
        description =
                "Rehearses the outage of a managed database: cuts a service off, watches its callers, restores the"
                        + " database and checks that nothing they were promised is missing.",
        mixinStandardHelpOptions = true,
        versionProvider = Rehearse.PackagedVersion.class,
        subcommands = {
            InitCommand.class,
            RunCommand.class,
            UpCommand.class,
            WatchCommand.class,
            OutageCommand.class,
            SoakCommand.class,
            MatrixCommand.class,
            ReportCommand.class,
            CheckCommand.class,
            CommandLine.HelpCommand.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    the hypothesis held",
            "  1    it did not hold",
            "  2    bad usage or input",
            "  3    could not run, or could not restore; the message says how to, by hand",
            "  130  interrupted, or 143 by SIGTERM; the outage was removed first"
        })
public final class Rehearse implements Callable<Integer> {

    @Mixin
    private RunCommand.RunOptions run = new RunCommand.RunOptions();

    public static void main(String[] arguments) {
        // As a terminal is, whatever the locale of a container or CI says.
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(commandLine().setOut(out).execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Rehearse())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((e, arguments) -> badUsage(e))
                .setExecutionExceptionHandler((e, commandLine, parsed) -> failed(e));
    }

    @Override
    public Integer call() throws Exception {
        return RunCommand.run(null, run);
    }

    private static int badUsage(ParameterException e) {
        System.err.println("rehearse: " + e.getMessage());
        System.err.println("Try: ./" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return Exit.BAD_INPUT;
    }

    /** What a person can act on is a sentence; a stack trace is for what nobody foresaw. */
    private static int failed(Exception e) {
        if (e instanceof InterruptedException) {
            System.err.println("rehearse: interrupted");
            return Exit.INTERRUPTED;
        }
        if (e instanceof ExperimentException || e instanceof ReportException || e instanceof ManifestException) {
            System.err.println("rehearse: " + Terminal.plain(String.valueOf(e.getMessage())));
            return Exit.BAD_INPUT;
        }
        if (e instanceof PlaceException) {
            System.err.println("rehearse: " + Terminal.plain(String.valueOf(e.getMessage())));
            return Exit.COULD_NOT_RUN;
        }
        e.printStackTrace();
        return Exit.COULD_NOT_RUN;
    }

    /** The one that Maven wrote into the jar. */
    static final class PackagedVersion implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Rehearse.class.getPackage().getImplementationVersion();
            return new String[] {"Database Traffic " + (version == null ? "(not packaged)" : version)};
        }
    }
}
