package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.mesh.envoy.EnvoyAdmin;
import dev.databasetraffic.mesh.envoy.EnvoyWatch;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.Experiment.Probe;
import dev.databasetraffic.rehearsal.experiment.Experiment.Scope;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.page.Watchable;
import dev.databasetraffic.rehearsal.page.Watched;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The cluster that {@code KUBECONFIG} names, with the service deployed in it. It starts nothing but its own guard. */
public final class KubernetesPlace implements Place, Watchable {

    private static final int HTTP = 80;
    static final int SIDECAR_ADMIN = 15000;
    private static final Duration PACE = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final ClusterAccess access;
    private final String namespace;
    private final Map<String, String> environment;
    private final URI service;
    private final @Nullable ClusterReadBack readBack;
    private final EnvoyWatch watch;
    private final Watched watched;
    private final Guard guard;
    private final ClusterMesh mesh;
    private final List<String> foreseen = new ArrayList<>();
    private final List<HasMetadata> applied = new ArrayList<>();
    private boolean closed;

    private KubernetesPlace(PlaceOptions options, Scope scope, KubernetesClient client, ClusterAccess access)
            throws PlaceException, IOException, InterruptedException {
        this.client = client;
        this.access = access;
        this.namespace = scope.namespaceOrDefault();
        Preflight preflight = new Preflight(client, scope);
        environment = new LinkedHashMap<>(preflight.versions());
        Service deployed = preflight.service();
        List<Pod> pods = preflight.pods(deployed);
        mesh = ClusterMesh.of(new Workload(namespace, pods.get(0).getMetadata().getLabels()));
        int port = mesh.tlsPort(scope.host());
        mesh.requireUnclaimed(scope.host(), port);
        Probe probe = scope.probe();
        service = access.toService(deployed, probe == null ? HTTP : probe.port());
        readBack = probe == null ? ClusterReadBack.of(client, access, namespace, service) : null;
        Map<String, EnvoyAdmin> byPod = new LinkedHashMap<>();
        for (Pod pod : pods) {
            String podName = pod.getMetadata().getName();
            byPod.put(podName, new EnvoyAdmin(access.toPod(podName, SIDECAR_ADMIN)));
        }
        List<EnvoyAdmin> sidecars = List.copyOf(byPod.values());
        environment.put("Envoy", sidecars.get(0).version());
        environment.put("Pods", String.valueOf(pods.size()));
        environment.put("Database", readBack == null ? scope.host() + ", not read" : readBack.database());
        environment.put("Reached through", service.toString());
        options.says().accept("the cluster is fit; starting the guard, which ends the outage if this process dies");
        String name = "rehearsal-guard-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        guard = Guard.start(client, namespace, name, preflight.guardImage());
        watch = EnvoyWatch.start(sidecars, scope.host(), port, PACE);
        watched = new WatchedPods(client, namespace, deployed.getMetadata().getName(), byPod)
                .of(service, scope.host(), port, watch::onMeshEvent);
    }

    /**
     * Connects to the cluster and looks whether a rehearsal there would mean anything.
     *
     * @throws PlaceException if it would not, or the cluster cannot be reached; nothing was changed then
     * @throws InterruptedException likewise
     */
    public static KubernetesPlace open(PlaceOptions options, Scope scope) throws PlaceException, InterruptedException {
        if (!options.serviceProperties().isEmpty()) {
            throw new PlaceException("--on kubernetes takes the service as it is deployed; set "
                    + String.join(", ", options.serviceProperties().keySet()) + " in the ConfigMap plants-settings.");
        }
        KubernetesClient client = new KubernetesClientBuilder().build();
        ClusterAccess access = new ClusterAccess(client, scope.namespaceOrDefault());
        boolean opened = false;
        try {
            KubernetesPlace place = new KubernetesPlace(options, scope, client, access);
            opened = true;
            return place;
        } catch (KubernetesClientException e) {
            throw new PlaceException(
                    "The cluster at " + client.getMasterUrl() + " refused or did not answer: " + e.getMessage()
                            + " Is KUBECONFIG right? Try: kubectl get namespace " + scope.namespaceOrDefault() + ".",
                    e);
        } catch (IOException e) {
            throw new PlaceException("A sidecar's admin interface cannot be reached: " + e + ".", e);
        } finally {
            if (!opened) {
                access.close();
                client.close();
            }
        }
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public URI service() {
        return service;
    }

    @Override
    public Watched watched() {
        return watched;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(foreseen);
        notes.addAll(watch.notes());
        return notes;
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> listener) {
        watch.onMeshEvent(listener);
    }

    @Override
    public void apply(Path outage) throws PlaceException {
        foreseen.addAll(mesh.notes(outage));
        try (InputStream in = Files.newInputStream(outage)) {
            for (HasMetadata rule : client.load(in).items()) {
                if (!rule.getKind().equals("VirtualService")
                        || !namespace.equals(rule.getMetadata().getNamespace())) {
                    throw new PlaceException(outage + " holds " + rule.getKind() + " "
                            + rule.getMetadata().getNamespace() + "/"
                            + rule.getMetadata().getName()
                            + ". In a cluster, an outage is made of VirtualServices in namespace "
                            + namespace + ", because the guard can take just these back.");
                }
                Map<String, String> labels = new HashMap<>(guard.label());
                if (rule.getMetadata().getLabels() != null) {
                    labels.putAll(rule.getMetadata().getLabels());
                }
                rule.getMetadata().setLabels(labels);
                applied.add(rule);
                client.resource(rule).createOr(NonDeletingOperation::update);
            }
        } catch (IOException e) {
            throw new PlaceException(outage + " cannot be read: " + e + ".", e);
        } catch (KubernetesClientException e) {
            throw new PlaceException("The cluster refused " + outage + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void remove() throws PlaceException {
        try {
            for (HasMetadata rule : List.copyOf(applied)) {
                client.resource(rule).delete();
                applied.remove(rule);
            }
        } catch (KubernetesClientException e) {
            throw new PlaceException(
                    "The outage could not be removed: " + e.getMessage()
                            + " Once this process has ended, the guard in the"
                            + " cluster removes it. By hand: kubectl -n " + namespace + " delete virtualservice -l "
                            + Guard.LABEL,
                    e);
        }
    }

    @Override
    public Map<String, Integer> stored(String namePrefix) throws PlaceException {
        if (readBack == null) {
            throw new PlaceException("A service that is only probed has no plants to be read back.");
        }
        return readBack.plants().count(namePrefix);
    }

    @Override
    public void close() throws PlaceException {
        if (closed) {
            return;
        }
        closed = true;
        watch.close();
        try {
            remove();
            guard.close();
        } finally {
            access.close();
            client.close();
        }
    }
}
