package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.mesh.manifest.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Where the person looks: lines, and below them, if it is a terminal, one status line that is written over. Always UTF-8,
 * as terminals are; the locale of a container or CI would turn every sign into a question mark.
 */
final class Terminal {

    /** SGR codes; see ECMA-48. */
    enum Style {
        BOLD("1"),
        FAINT("2"),
        GOOD("32"),
        BAD("31"),
        OPEN("33");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean interactive;
    private final boolean coloured;
    private final boolean quiet;
    private boolean statusShown;

    private Terminal(PrintStream out, boolean interactive, boolean coloured, boolean quiet) {
        this.out = out;
        this.interactive = interactive;
        this.coloured = coloured;
        this.quiet = quiet;
    }

    /** Standard output; {@code interactive} if a person watches it rather than a file or pipe. */
    static Terminal standard(boolean interactive, boolean coloured, boolean quiet) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        return new Terminal(out, interactive && !quiet, coloured, quiet);
    }

    boolean isInteractive() {
        return interactive;
    }

    /** A line of the story, left out if quiet. */
    synchronized void say(String line) {
        if (!quiet) {
            print(line);
        }
    }

    /** A line of the result. */
    synchronized void print(String line) {
        clear();
        out.println(line);
    }

    /** Writes over the status line; nothing if this is no terminal. */
    synchronized void status(String line) {
        if (interactive) {
            out.print(CLEAR_LINE + line);
            out.flush();
            statusShown = true;
        }
    }

    synchronized void clear() {
        if (statusShown) {
            out.print(CLEAR_LINE);
            out.flush();
            statusShown = false;
        }
    }

    /** What others may have said, line by line, without what moves a cursor or changes a colour. */
    static String plain(String text) {
        return text.lines().map(Printable::of).collect(Collectors.joining(System.lineSeparator()));
    }

    String styled(Style style, String text) {
        return coloured ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }
}
