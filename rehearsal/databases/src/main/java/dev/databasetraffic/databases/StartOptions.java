package dev.databasetraffic.databases;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a database is to be started.
 *
 * @param folder an existing one for its data, where the server may go there; deleted if this JVM dies without a goodbye
 * @param logs an existing folder for its log
 * @param image a container's image to use in any case, such as {@code postgres:17}; null to take what there is
 * @param name of the database in the server, which the service connects to
 * @param startTimeout how long it may take until it answers; an image is pulled before
 * @param which of those that the kind can start, in words of its own; null to take what there is
 * @param environment where a server of this machine is looked for, by its {@code PATH}
 */
public record StartOptions(
        Path folder,
        Path logs,
        @Nullable String image,
        String name,
        Duration startTimeout,
        @Nullable String which,
        Map<String, String> environment) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** With its log there too. */
    public static StartOptions in(Path folder) {
        return new StartOptions(folder, folder, null, "rehearsal", PATIENCE, null, System.getenv());
    }

    public StartOptions withLogs(Path newLogs) {
        return new StartOptions(folder, newLogs, image, name, startTimeout, which, environment);
    }

    public StartOptions withImage(@Nullable String newImage) {
        return new StartOptions(folder, logs, newImage, name, startTimeout, which, environment);
    }

    public StartOptions withName(String newName) {
        return new StartOptions(folder, logs, image, newName, startTimeout, which, environment);
    }

    public StartOptions withWhich(@Nullable String newWhich) {
        return new StartOptions(folder, logs, image, name, startTimeout, newWhich, environment);
    }

    public StartOptions withEnvironment(Map<String, String> newEnvironment) {
        return new StartOptions(folder, logs, image, name, startTimeout, which, Map.copyOf(newEnvironment));
    }
}
