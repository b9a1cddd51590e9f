package dev.databasetraffic.rehearsal.compose;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs {@code docker compose} in the suite's folder. */
final class DockerCompose {

    private final Path home;
    private final Path log;
    private final Map<String, String> environment;

    /**
     * @param log receives what the commands say, and is named when one fails
     * @param environment variables for the compose file
     */
    DockerCompose(Path home, Path log, Map<String, String> environment) {
        this.home = home;
        this.log = log;
        this.environment = environment;
    }

    /**
     * Runs one command.
     *
     * @param input what it reads, or null for nothing
     * @return what it writes to its standard output
     * @throws PlaceException if Docker is not there, or the command fails or takes longer than {@code atMost}
     */
    String run(Duration atMost, @Nullable Path input, String... arguments) throws PlaceException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "compose"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectInput(
                        input == null ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.from(input.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = start(builder);
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PlaceException("`" + String.join(" ", command) + "` took longer than " + atMost.toSeconds()
                        + " s; see " + log + ".");
            }
            if (process.exitValue() != 0) {
                throw new PlaceException("`" + String.join(" ", command) + "` in " + home + " failed with "
                        + process.exitValue() + "; see " + log + ".");
            }
            return output;
        } catch (IOException e) {
            throw new PlaceException("`" + String.join(" ", command) + "` could not be read: " + e + ".", e);
        } finally {
            process.destroy();
        }
    }

    private static Process start(ProcessBuilder builder) throws PlaceException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new PlaceException(
                    "`docker` could not be run. --on compose needs Docker with its compose plugin; --on local needs"
                            + " neither.",
                    e);
        }
    }
}
