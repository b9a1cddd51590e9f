package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.mesh.envoy.EnvoyWatch;
import dev.databasetraffic.mesh.envoy.HostInMesh;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.rehearsal.experiment.DatabaseUnderTest;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.ServiceUnderTest;
import dev.databasetraffic.rehearsal.page.RuleLookup;
import dev.databasetraffic.rehearsal.page.Watchable;
import dev.databasetraffic.rehearsal.page.Watched;
import dev.databasetraffic.rehearsal.page.WatchedEnvoys;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A service in the cluster that {@code KUBECONFIG} names, looked at and left alone. */
public final class WatchedCluster implements Watchable, AutoCloseable {

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final ClusterAccess access;
    private final Watched watched;

    private WatchedCluster(ServiceUnderTest.Deployed deployed, DatabaseUnderTest database)
            throws PlaceException, IOException, InterruptedException {
        access = new ClusterAccess(client, deployed.namespace());
        boolean opened = false;
        try {
            Preflight preflight = new Preflight(client, deployed);
            Service service = preflight.service();
            List<Pod> pods = preflight.runningPods(service);
            Workload workload =
                    new Workload(deployed.namespace(), pods.get(0).getMetadata().getLabels());
            HostInMesh host = ClusterMesh.of(workload).host(database);
            Duration drain = Sidecars.of(access, pods).longestDrain().time();
            watched = watched(deployed, service, workload, database, host, drain);
            opened = true;
        } finally {
            if (!opened) {
                close(client, access);
            }
        }
    }

    private Watched watched(
            ServiceUnderTest.Deployed deployed,
            Service service,
            Workload workload,
            DatabaseUnderTest database,
            HostInMesh host,
            Duration drain) {
        EnvoyWatch watch = EnvoyWatch.onDemand(host);
        WatchedPods pods = new WatchedPods(client, access, service, host, watch);
        return new WatchedEnvoys(
                deployed.service(),
                URI.create("http://" + deployed.service() + "." + deployed.namespace()),
                database.host(),
                drain,
                pods,
                () -> new PodLogs(client, service, pods::names),
                new RuleLookup(
                        () -> ClusterMesh.of(workload).rule(database).stream().toList()),
                watch::onMeshEvent);
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
        close(client, access);
    }

    private static void close(KubernetesClient client, ClusterAccess access) {
        access.close();
        client.close();
    }
}
