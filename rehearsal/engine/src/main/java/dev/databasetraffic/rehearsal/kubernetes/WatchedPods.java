package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.mesh.envoy.EnvoyAdmin;
import dev.databasetraffic.mesh.envoy.EnvoyFlows;
import dev.databasetraffic.mesh.envoy.EnvoyWatch;
import dev.databasetraffic.mesh.envoy.HostInMesh;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.page.WatchedEnvoys;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pods of a service as they come and go, each with its sidecar: also those that are not ready, as a service may be in
 * the outage that somebody wants to see. Confined to one thread.
 */
final class WatchedPods implements WatchedEnvoys.Instances {

    private static final Duration PACE = Duration.ofSeconds(3);

    private final KubernetesClient client;
    private final ClusterAccess access;
    private final Service service;
    private final HostInMesh host;
    private final @Nullable EnvoyWatch watch;
    private final Map<String, Watching> sidecars = new LinkedHashMap<>();
    private Set<String> unready = Set.of();
    private long listedAt;

    private record Watching(EnvoyAdmin admin, EnvoyFlows flows) {}

    /** @param watch has it look whenever somebody looks here; null for one that looks by itself */
    WatchedPods(
            KubernetesClient client,
            ClusterAccess access,
            Service service,
            HostInMesh host,
            @Nullable EnvoyWatch watch) {
        this.client = client;
        this.access = access;
        this.service = service;
        this.host = host;
        this.watch = watch;
    }

    @Override
    public Map<String, WatchedEnvoys.Instance> now() throws IOException {
        long now = System.nanoTime();
        if (sidecars.isEmpty() || now - listedAt > PACE.toNanos()) {
            refresh();
            listedAt = now;
        }
        if (watch != null) {
            watch.look(sidecars.values().stream().map(sidecar -> sidecar.admin).toList());
        }
        Map<String, WatchedEnvoys.Instance> instances = new LinkedHashMap<>();
        sidecars.forEach((pod, sidecar) ->
                instances.put(pod, new WatchedEnvoys.Instance(sidecar.flows, !unready.contains(pod))));
        return instances;
    }

    @Override
    public void rest() {
        if (watch != null) {
            watch.rest();
        }
    }

    /** The names of the pods of the last look. */
    Set<String> names() {
        return Set.copyOf(sidecars.keySet());
    }

    private void refresh() throws IOException {
        List<Pod> pods = running();
        unready = pods.stream()
                .filter(pod -> !ServicePods.isReady(pod))
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
        Set<String> running = pods.stream()
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .collect(Collectors.toCollection(LinkedHashSet::new));
        sidecars.entrySet().removeIf(sidecar -> {
            boolean gone = !running.contains(sidecar.getKey());
            if (gone) {
                access.release(sidecar.getValue().admin.base());
            }
            return gone;
        });
        running.removeAll(sidecars.keySet());
        try {
            for (String pod : running) {
                EnvoyAdmin admin = Sidecars.admin(access, pod);
                sidecars.put(pod, new Watching(admin, new EnvoyFlows(admin, host)));
            }
        } catch (PlaceException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private List<Pod> running() throws IOException {
        try {
            return ServicePods.of(service, client).stream()
                    .filter(pod -> ServicePods.isRunning(pod) && ServicePods.hasSidecar(pod))
                    .toList();
        } catch (KubernetesClientException e) {
            throw new IOException("the cluster does not list the pods: " + e.getMessage(), e);
        }
    }
}
