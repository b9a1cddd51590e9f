package dev.databasetraffic.rehearsal.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Opens a page in this user's browser. */
final class Browser {

    private Browser() {}

    /**
     * Has the desktop open a file, which nobody else may read, that leads to the page: the address itself holds the token,
     * and what is on a command line every user of the machine can read.
     */
    static void open(URI page, Terminal terminal) {
        try {
            Path file = Files.createTempFile("rehearsal-page", ".html");
            file.toFile().deleteOnExit();
            Files.writeString(
                    file,
                    "<!doctype html><title>Rehearsal</title><meta http-equiv=\"refresh\" content=\"0;url=" + page
                            + "\"><a href=\"" + page + "\">the page</a>\n");
            new ProcessBuilder(command(file))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            terminal.say("the browser could not be opened (" + e.getMessage() + "); open the page by hand");
        }
    }

    private static List<String> command(Path file) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return List.of("open", file.toString());
        }
        return system.contains("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", file.toString())
                : List.of("xdg-open", file.toString());
    }
}
