package dev.databasetraffic.rehearsal.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The pods that a Service selects, and how each is. */
final class ServicePods {

    static final String SIDECAR = "istio-proxy";

    /** What was evicted, too, is kept as one that failed. */
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private ServicePods() {}

    /** All that have not ended and are not about to go. */
    static List<Pod> of(Service service, KubernetesClient client) {
        return client
                .pods()
                .inNamespace(service.getMetadata().getNamespace())
                .withLabels(service.getSpec().getSelector())
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> !ENDED.contains(String.valueOf(pod.getStatus().getPhase())))
                .toList();
    }

    static boolean hasSidecar(Pod pod) {
        return Stream.of(pod.getSpec().getInitContainers(), pod.getSpec().getContainers())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .map(Container::getName)
                .anyMatch(SIDECAR::equals);
    }

    /** Whether its containers have been started; one may have ended again. */
    static boolean isRunning(Pod pod) {
        return "Running".equals(pod.getStatus().getPhase());
    }

    static boolean isReady(Pod pod) {
        return Stream.ofNullable(pod.getStatus().getConditions())
                .flatMap(List::stream)
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }
}
