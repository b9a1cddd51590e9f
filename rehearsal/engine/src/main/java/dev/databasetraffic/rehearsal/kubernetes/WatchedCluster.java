package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.mesh.envoy.EnvoyWatch;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.rehearsal.experiment.DatabaseUnderTest;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.ServiceUnderTest;
import dev.databasetraffic.rehearsal.page.Watchable;
import dev.databasetraffic.rehearsal.page.Watched;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A service in the cluster that {@code KUBECONFIG} names, looked at and left alone. */
public final class WatchedCluster implements Watchable, AutoCloseable {

    private static final Duration PACE = Duration.ofSeconds(1);

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final ClusterAccess access;
    private final EnvoyWatch watch;
    private final Watched watched;

    private WatchedCluster(ServiceUnderTest.Deployed deployed, DatabaseUnderTest database)
            throws PlaceException, IOException, InterruptedException {
        access = new ClusterAccess(client, deployed.namespace());
        boolean opened = false;
        try {
            Preflight preflight = new Preflight(client, deployed);
            Service service = preflight.service();
            List<Pod> pods = preflight.pods(service);
            Sidecars sidecars = Sidecars.of(access, pods);
            Map<String, String> labels = pods.get(0).getMetadata().getLabels();
            int port =
                    ClusterMesh.of(new Workload(deployed.namespace(), labels)).port(database);
            Duration drain = sidecars.longestDrain().time();
            watch = EnvoyWatch.start(sidecars.all(), database.host(), port, database.isTls(), PACE);
            String name = service.getMetadata().getName();
            URI address = URI.create("http://" + name + "." + deployed.namespace());
            watched = new WatchedPods(client, deployed.namespace(), name, sidecars)
                    .of(address, database.host(), port, drain, watch::onMeshEvent);
            opened = true;
        } finally {
            if (!opened) {
                close(client, access);
            }
        }
    }

    /**
     * Finds the service's pods and their sidecars.
     *
     * @throws PlaceException if there are none, or the cluster does not answer
     */
    public static WatchedCluster open(Experiment experiment) throws PlaceException, InterruptedException {
        try {
            return new WatchedCluster(KubernetesPlace.deployed(experiment), experiment.database());
        } catch (KubernetesClientException e) {
            throw new PlaceException(
                    "The cluster refused or did not answer: " + e.getMessage() + " Is KUBECONFIG right?", e);
        } catch (IOException e) {
            throw new PlaceException("A sidecar's admin interface cannot be reached: " + e + ".", e);
        }
    }

    @Override
    public Watched watched() {
        return watched;
    }

    @Override
    public void close() {
        watch.close();
        close(client, access);
    }

    private static void close(KubernetesClient client, ClusterAccess access) {
        access.close();
        client.close();
    }
}
