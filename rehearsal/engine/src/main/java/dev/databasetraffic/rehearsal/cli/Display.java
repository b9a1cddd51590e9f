package dev.databasetraffic.rehearsal.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command shows what it does. */
final class Display {

    @Option(
            names = "--color",
            negatable = true,
            description = "Colour the output, or don't. By default: in a terminal, unless NO_COLOR is set.")
    private @Nullable Boolean color;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the verdict only.")
    private boolean quiet;

    /** The script {@code rehearse} says whether a person watches: Java 22 and later cannot tell by the console. */
    Terminal terminal() {
        boolean interactive = Boolean.getBoolean("rehearse.terminal");
        boolean coloured = color != null ? color : interactive && System.getenv("NO_COLOR") == null;
        return Terminal.standard(interactive, coloured, quiet);
    }
}
