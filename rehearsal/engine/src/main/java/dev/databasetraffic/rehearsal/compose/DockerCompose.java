package dev.databasetraffic.rehearsal.compose;

import dev.databasetraffic.kit.Command;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.page.FollowedStream;
import dev.databasetraffic.rehearsal.page.ServiceLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code docker compose} in the suite's folder.
 *
 * @param docker the command that compose's arguments are appended to
 * @param log receives what the commands say, and is named when one fails
 * @param environment variables for the compose file
 */
record DockerCompose(List<String> docker, Path home, Path log, Map<String, String> environment) {

    private static final String LINES = "200";

    DockerCompose(Path home, Path log, Map<String, String> environment) {
        this(List.of("docker", "compose"), home, log, environment);
    }

    /**
     * Runs one command.
     *
     * @param input what it reads, or null for nothing
     * @return what it writes to its standard output
     * @throws PlaceException if Docker is not there, or the command fails, or is ended because it takes longer than
     *     {@code atMost}
     */
    String run(Duration atMost, @Nullable Path input, String... arguments) throws PlaceException, InterruptedException {
        return run(Set.of(0), atMost, input, arguments).output();
    }

    /**
     * As the other, but not ended by an interruption, before it or meanwhile: who interrupts a run wants it to leave nothing
     * behind. The thread is interrupted afterwards.
     */
    void finish(Duration atMost, String... arguments) throws PlaceException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    run(atMost, null, arguments);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Follows a service's log, the last lines first.
     *
     * @throws IOException if Docker cannot be run
     */
    ServiceLog log(String service) throws IOException {
        List<String> words = new ArrayList<>(docker);
        words.addAll(List.of("logs", "--follow", "--no-log-prefix", "--tail", LINES, service));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new FollowedStream("", process.getInputStream(), process::destroy);
    }

    /**
     * As the other, for a command that may end with other statuses than 0.
     *
     * @param statuses that are no failure
     */
    Command.Result run(Set<Integer> statuses, Duration atMost, @Nullable Path input, String... arguments)
            throws PlaceException, InterruptedException {
        List<String> words = new ArrayList<>(docker);
        words.addAll(List.of(arguments));
        Command command =
                Command.of(words).in(home).with(environment).reading(input).loggingTo(log);
        try {
            Command.Result result = command.run(atMost);
            if (!statuses.contains(result.status())) {
                throw new PlaceException(
                        command + " in " + home + " failed with " + result.status() + "; see " + log + ".");
            }
            return result;
        } catch (TimeoutException e) {
            throw new PlaceException(e.getMessage() + "; see " + log + ".", e);
        } catch (IOException e) {
            throw new PlaceException(
                    "`docker` could not be run. --on compose needs Docker with its compose plugin; --on local needs"
                            + " neither.",
                    e);
        }
    }
}
