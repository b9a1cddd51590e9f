package dev.databasetraffic.rehearsal.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a place is told before it starts.
 *
 * @param home the suite's own folder, where {@code istio/} and the services' jars are
 * @param logs where the logs of what it starts go; exists
 * @param port HTTP port of the service under test, 0 for any that is free
 * @param drain how long the mesh lets open connections live on after a route has changed
 * @param serviceProperties settings of the service under test that differ from the place's own
 * @param database which of its kind is to be started, in the words of the kind; null to take what there is
 * @param says told, line by line, what is being started
 */
public record PlaceOptions(
        Path home,
        Path logs,
        int port,
        Duration drain,
        Map<String, String> serviceProperties,
        @Nullable String database,
        Consumer<String> says) {

    /** With the database that lies ready. */
    public PlaceOptions(
            Path home,
            Path logs,
            int port,
            Duration drain,
            Map<String, String> serviceProperties,
            Consumer<String> says) {
        this(home, logs, port, drain, serviceProperties, null, says);
    }

    public PlaceOptions withDatabase(@Nullable String newDatabase) {
        return new PlaceOptions(home, logs, port, drain, serviceProperties, newDatabase, says);
    }

    /** The same, with another who is told what is being started. */
    public PlaceOptions alsoSaying(Consumer<String> listener) {
        return new PlaceOptions(home, logs, port, drain, serviceProperties, database, says.andThen(listener));
    }
}
