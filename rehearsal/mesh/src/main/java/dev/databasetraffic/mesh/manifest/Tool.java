package dev.databasetraffic.mesh.manifest;

import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * What a program that renders manifests said.
 *
 * @param complaint why it did not, in one line; empty if it did
 */
record Tool(String output, String complaint) {

    /** Bases may lie on the network. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What kubectl puts before the cause. */
    private static final Pattern LOG = Pattern.compile("^[EFW][0-9]{4} .*? err=|^[Ee]rror: ");

    boolean succeeded() {
        return complaint.isEmpty();
    }

    /** Runs a program; empty if it is not installed. */
    static Optional<Tool> run(List<String> words) {
        Command command = Command.of(words);
        try {
            Command.Result result = command.run(LIMIT);
            return Optional.of(result.status() == 0 ? new Tool(result.output(), "") : new Tool("", cause(result)));
        } catch (TimeoutException e) {
            return Optional.of(new Tool("", "it took longer than " + LIMIT.toSeconds() + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Tool("", "it was interrupted"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String cause(Command.Result result) {
        String last = result.errors()
                .lines()
                .filter(line -> !line.isBlank())
                .reduce("it ended with " + result.status(), (before, line) -> line);
        return LOG.matcher(last).replaceFirst("").replace("\\\"", "'");
    }
}
