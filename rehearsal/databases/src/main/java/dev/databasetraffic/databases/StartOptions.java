package dev.databasetraffic.databases;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a database is to be started.
 *
 * @param folder the run's; holds its log, and its data where the server may go there
 * @param image a container's image to use in any case, such as {@code postgres:17}; null to take what there is
 * @param name of the database in the server, which the service connects to
 * @param startTimeout how long it may take until it answers; an image is pulled before
 * @param environment where a server of this machine is looked for, by its {@code PATH}
 */
public record StartOptions(
        Path folder, @Nullable String image, String name, Duration startTimeout, Map<String, String> environment) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public static StartOptions in(Path folder) {
        return new StartOptions(folder, null, "rehearsal", PATIENCE, System.getenv());
    }

    public StartOptions withImage(@Nullable String newImage) {
        return new StartOptions(folder, newImage, name, startTimeout, environment);
    }

    public StartOptions withName(String newName) {
        return new StartOptions(folder, image, newName, startTimeout, environment);
    }

    public StartOptions withStartTimeout(Duration newStartTimeout) {
        return new StartOptions(folder, image, name, newStartTimeout, environment);
    }

    public StartOptions withEnvironment(Map<String, String> newEnvironment) {
        return new StartOptions(folder, image, name, startTimeout, Map.copyOf(newEnvironment));
    }
}
