package dev.databasetraffic.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        subcommands = {
            ThroughputCommand.class,
            StartupCommand.class,
            ImagesCommand.class,
            PathCommand.class,
            CheckingCommand.class,
            GuardCommand.class,
            OpenCommand.class,
            OverloadCommand.class,
            RestartCommand.class,
            GeneratorCommand.class,
            LedgerCommand.class,
            RouterCommand.class,
            RehearsalCommand.class,
            VerdictCommand.class
        },
        description = "Measures plants-service on the genuine emulator, and the parts of a rehearsal.")
final class Bench {

    private Bench() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench()).setExecutionExceptionHandler((e, line, parsed) -> {
            line.getErr().println(e.getMessage() == null ? e.toString() : e.getMessage());
            return 3;
        });
    }
}
