package dev.databasetraffic.rehearsal.compose;

import dev.databasetraffic.databases.firestore.FirestoreApi;
import dev.databasetraffic.mesh.envoy.EnvoyAdmin;
import dev.databasetraffic.mesh.envoy.EnvoyFlows;
import dev.databasetraffic.mesh.envoy.EnvoyWatch;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.page.Watchable;
import dev.databasetraffic.rehearsal.page.Watched;
import dev.databasetraffic.rehearsal.page.WatchedEnvoys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The system of docker-compose.yml that somebody started, looked at and left alone. */
public final class WatchedCompose implements Watchable, AutoCloseable {

    private static final Duration PACE = Duration.ofSeconds(1);

    private final EnvoyAdmin admin = new EnvoyAdmin(ComposePlace.ADMIN);
    private final EnvoyWatch watch;
    private final Watched watched;

    private WatchedCompose(Path home) throws IOException, InterruptedException {
        DockerCompose compose = new DockerCompose(home, home, Map.of());
        Duration drain = admin.drainTime();
        watch = EnvoyWatch.start(List.of(admin), FirestoreApi.HOST, FirestoreApi.PORT, PACE);
        watched = new WatchedEnvoys(
                ComposePlace.SERVICE_NAME,
                ComposePlace.SERVICE,
                FirestoreApi.HOST,
                drain,
                Map.of(ComposePlace.SERVICE_NAME, new EnvoyFlows(admin, FirestoreApi.HOST, FirestoreApi.PORT)),
                () -> compose.log(ComposePlace.SERVICE_NAME),
                watch::onMeshEvent);
    }

    /**
     * Finds the running system.
     *
     * @param home the folder of docker-compose.yml
     * @throws PlaceException if none runs
     */
    public static WatchedCompose open(Path home) throws PlaceException, InterruptedException {
        try {
            return new WatchedCompose(home);
        } catch (IOException e) {
            throw new PlaceException(
                    "Envoy's admin interface does not answer at " + ComposePlace.ADMIN + ": " + e
                            + ". Start the system first: docker compose up --build --wait",
                    e);
        }
    }

    @Override
    public Watched watched() {
        return watched;
    }

    @Override
    public void close() {
        watch.close();
    }
}
