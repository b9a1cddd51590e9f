package dev.databasetraffic.rehearsal.compose;

import dev.databasetraffic.mesh.envoy.EnvoyAdmin;
import dev.databasetraffic.mesh.envoy.EnvoyWatch;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.ServiceUnderTest;
import dev.databasetraffic.rehearsal.page.RuleLookup;
import dev.databasetraffic.rehearsal.page.Watchable;
import dev.databasetraffic.rehearsal.page.Watched;
import dev.databasetraffic.rehearsal.page.WatchedEnvoys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The system of docker-compose.yml that somebody started, looked at and left alone. */
public final class WatchedCompose implements Watchable {

    private final Watched watched;

    private WatchedCompose(Path home, Experiment experiment, ServiceUnderTest.Composed composed)
            throws IOException, InterruptedException {
        EnvoyAdmin admin = new EnvoyAdmin(ComposePlace.ADMIN);
        Duration drain = admin.drainTime();
        EnvoyWatch watch = EnvoyWatch.onDemand(ComposePlace.host(experiment));
        watched = ComposePlace.watched(
                experiment,
                composed,
                new DockerCompose(home, home, Map.of()),
                drain,
                new OnlyEnvoy(admin, ComposePlace.instances(admin, experiment), watch),
                new RuleLookup(() -> ComposedRules.of(home, experiment)),
                watch::onMeshEvent);
    }

    /** Watches for events while somebody looks, and only then. */
    private record OnlyEnvoy(EnvoyAdmin admin, Map<String, WatchedEnvoys.Instance> instances, EnvoyWatch watch)
            implements WatchedEnvoys.Instances {

        @Override
        public Map<String, WatchedEnvoys.Instance> now() {
            watch.look(List.of(admin));
            return instances;
        }

        @Override
        public void rest() {
            watch.rest();
        }
    }

    /**
     * Finds the running system.
     *
     * @param home the folder of docker-compose.yml
     * @throws PlaceException if none runs, or the experiment does not say that its service is in it
     */
    public static WatchedCompose open(Path home, Experiment experiment) throws PlaceException, InterruptedException {
        try {
            return new WatchedCompose(home, experiment, ComposePlace.composed(experiment));
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
}
