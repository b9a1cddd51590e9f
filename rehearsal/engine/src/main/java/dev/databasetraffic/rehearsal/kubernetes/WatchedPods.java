package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.mesh.envoy.EnvoyAdmin;
import dev.databasetraffic.mesh.envoy.EnvoyFlows;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.page.FollowedStream;
import dev.databasetraffic.rehearsal.page.JoinedLogs;
import dev.databasetraffic.rehearsal.page.ServiceLog;
import dev.databasetraffic.rehearsal.page.Watched;
import dev.databasetraffic.rehearsal.page.WatchedEnvoys;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The pods of a service, as the page shows them.
 *
 * @param service also the name of the container whose log is followed
 * @param sidecars by pod
 */
record WatchedPods(KubernetesClient client, String namespace, String service, Map<String, EnvoyAdmin> sidecars) {

    private static final int LINES = 100;

    /**
     * Asks the sidecars once, for their drain time: the longest of them counts.
     *
     * @throws IOException if one cannot be asked
     */
    Watched of(URI address, String host, int port, Consumer<Consumer<MeshEvent>> events)
            throws IOException, InterruptedException {
        Map<String, EnvoyFlows> flows = new LinkedHashMap<>();
        Duration drain = Duration.ZERO;
        for (Map.Entry<String, EnvoyAdmin> sidecar : sidecars.entrySet()) {
            flows.put(sidecar.getKey(), new EnvoyFlows(sidecar.getValue(), host, port));
            Duration its = sidecar.getValue().drainTime();
            drain = its.compareTo(drain) > 0 ? its : drain;
        }
        return new WatchedEnvoys(service, address, host, drain, flows, this::log, events);
    }

    private ServiceLog log() throws IOException {
        List<ServiceLog> logs = new ArrayList<>();
        try {
            for (String pod : sidecars.keySet()) {
                LogWatch log = client.pods()
                        .inNamespace(namespace)
                        .withName(pod)
                        .inContainer(container(pod))
                        .tailingLines(LINES)
                        .watchLog();
                String prefix = sidecars.size() == 1 ? "" : "[" + pod + "] ";
                logs.add(new FollowedStream(prefix, log.getOutput(), log::close));
            }
        } catch (KubernetesClientException e) {
            logs.forEach(ServiceLog::close);
            throw new IOException("the cluster does not give the log: " + e.getMessage(), e);
        }
        return new JoinedLogs(logs);
    }

    /** The one that is named as the service, else the first; a sidecar may stand among them, and is last if injected. */
    private String container(String pod) {
        List<String> names = client.pods().inNamespace(namespace).withName(pod).get().getSpec().getContainers().stream()
                .map(container -> container.getName())
                .toList();
        return names.contains(service)
                ? service
                : names.stream()
                        .filter(name -> !name.equals("istio-proxy"))
                        .findFirst()
                        .orElse(names.get(0));
    }
}
