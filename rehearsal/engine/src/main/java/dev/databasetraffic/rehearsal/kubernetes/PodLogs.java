package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.rehearsal.page.FollowedStream;
import dev.databasetraffic.rehearsal.page.ServiceLog;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** The logs of a service's pods as one, each line as it comes. Confined to one thread. */
final class PodLogs implements ServiceLog {

    private static final int LINES = 100;

    private final KubernetesClient client;
    private final Service service;
    private final Supplier<Set<String>> pods;
    private final Map<String, ServiceLog> followed = new LinkedHashMap<>();

    /** @param pods those whose logs there are at the moment, by name */
    PodLogs(KubernetesClient client, Service service, Supplier<Set<String>> pods) {
        this.client = client;
        this.service = service;
        this.pods = pods;
    }

    @Override
    public List<String> read() throws IOException {
        Set<String> now = pods.get();
        List<String> lines = new ArrayList<>();
        for (String pod : now) {
            if (!followed.containsKey(pod)) {
                followed.put(pod, follow(pod, now.size() == 1 && followed.isEmpty() ? "" : "[" + pod + "] "));
            }
        }
        for (Map.Entry<String, ServiceLog> log : List.copyOf(followed.entrySet())) {
            lines.addAll(log.getValue().read());
            if (!now.contains(log.getKey())) {
                log.getValue().close();
                followed.remove(log.getKey());
            }
        }
        return lines;
    }

    @Override
    public void close() {
        followed.values().forEach(ServiceLog::close);
        followed.clear();
    }

    private ServiceLog follow(String pod, String prefix) throws IOException {
        try {
            LogWatch log = client.pods()
                    .inNamespace(service.getMetadata().getNamespace())
                    .withName(pod)
                    .inContainer(container(pod))
                    .tailingLines(LINES)
                    .watchLog();
            return new FollowedStream(prefix, log.getOutput(), log::close);
        } catch (KubernetesClientException e) {
            throw new IOException("the cluster does not give the log of " + pod + ": " + e.getMessage(), e);
        }
    }

    /** The one that is named as the service, else the first; a sidecar may stand among them, and is last if injected. */
    private String container(String name) throws IOException {
        Pod pod = client.pods()
                .inNamespace(service.getMetadata().getNamespace())
                .withName(name)
                .get();
        if (pod == null) {
            throw new IOException("pod " + name + " has gone");
        }
        List<String> names = pod.getSpec().getContainers().stream()
                .map(container -> Objects.requireNonNullElse(container.getName(), ""))
                .toList();
        String own = service.getMetadata().getName();
        return names.contains(own)
                ? own
                : names.stream()
                        .filter(each -> !each.equals(ServicePods.SIDECAR))
                        .findFirst()
                        .orElse(names.get(0));
    }
}
