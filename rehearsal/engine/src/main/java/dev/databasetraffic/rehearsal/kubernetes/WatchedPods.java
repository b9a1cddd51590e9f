package dev.databasetraffic.rehearsal.kubernetes;

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
 */
record WatchedPods(KubernetesClient client, String namespace, String service, Sidecars sidecars) {

    private static final int LINES = 100;

    /** @param drain how long their open connections outlive a rule */
    Watched of(URI address, String host, int port, Duration drain, Consumer<Consumer<MeshEvent>> events) {
        Map<String, EnvoyFlows> flows = new LinkedHashMap<>();
        sidecars.byPod().forEach((pod, sidecar) -> flows.put(pod, new EnvoyFlows(sidecar, host, port)));
        return new WatchedEnvoys(service, address, host, drain, flows, this::log, events);
    }

    private ServiceLog log() throws IOException {
        List<ServiceLog> logs = new ArrayList<>();
        try {
            for (String pod : sidecars.byPod().keySet()) {
                LogWatch log = client.pods()
                        .inNamespace(namespace)
                        .withName(pod)
                        .inContainer(container(pod))
                        .tailingLines(LINES)
                        .watchLog();
                String prefix = sidecars.byPod().size() == 1 ? "" : "[" + pod + "] ";
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
