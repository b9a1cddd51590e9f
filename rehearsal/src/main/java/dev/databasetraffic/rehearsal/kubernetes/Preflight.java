package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import io.fabric8.istio.client.IstioClient;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Looks, before anything is touched, whether a rehearsal in this cluster would mean anything. */
final class Preflight {

    private static final String ISTIO_SYSTEM = "istio-system";
    private static final String SIDECAR = "istio-proxy";

    private final KubernetesClient client;
    private final String namespace;
    private final String app;

    Preflight(KubernetesClient client, String namespace, String app) {
        this.client = client;
        this.namespace = namespace;
        this.app = app;
    }

    /** The versions at work, for the report. */
    Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Kubernetes", String.valueOf(client.getKubernetesVersion().getGitVersion()));
        Deployment istiod = client.apps()
                .deployments()
                .inNamespace(ISTIO_SYSTEM)
                .withName("istiod")
                .get();
        if (istiod != null) {
            versions.put(
                    "Istio",
                    image(istiod.getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .get(0)));
        }
        return versions;
    }

    /**
     * The workload's pods, all of them ready and each with a sidecar.
     *
     * @throws PlaceException if there is none, or one is not
     */
    List<Pod> pods() throws PlaceException {
        List<Pod> pods = client.pods().inNamespace(namespace).withLabel("app", app).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
        if (pods.isEmpty()) {
            throw new PlaceException("There is no pod with label app=" + app + " in namespace " + namespace
                    + ". Deploy it first: kubectl apply -f k8s/ -f istio/ (and, without a Google account, kubectl apply"
                    + " -f k8s/emulator/).");
        }
        for (Pod pod : pods) {
            String name = pod.getMetadata().getName();
            if (containers(pod).noneMatch(container -> container.getName().equals(SIDECAR))) {
                throw new PlaceException("Pod " + name + " has no sidecar, so no rule of the mesh reaches it. Label the"
                        + " namespace istio-injection=enabled, then kubectl -n " + namespace + " rollout restart"
                        + " deployment/" + app + ".");
            }
            if (!isReady(pod)) {
                throw new PlaceException("Pod " + name + " is not ready. Wait for kubectl -n " + namespace
                        + " rollout status deployment/" + app + ", or see its log.");
            }
        }
        return pods;
    }

    /** Refuses to start beside another rule for the host: the older one would win, silently. */
    void requireUnclaimed(String host) throws PlaceException {
        var rules = client.adapt(IstioClient.class)
                .v1()
                .virtualServices()
                .inAnyNamespace()
                .list()
                .getItems();
        for (var rule : rules) {
            boolean bindsSidecars = rule.getSpec().getGateways() == null
                    || rule.getSpec().getGateways().isEmpty()
                    || rule.getSpec().getGateways().contains("mesh");
            boolean claims = bindsSidecars
                    && Stream.ofNullable(rule.getSpec().getHosts())
                            .flatMap(List::stream)
                            .anyMatch(host::equals);
            if (claims) {
                String name = rule.getMetadata().getNamespace() + "/"
                        + rule.getMetadata().getName();
                throw new PlaceException(
                        "VirtualService " + name + " already routes " + host + ". If it is an outage that"
                                + " somebody left behind: kubectl -n "
                                + rule.getMetadata().getNamespace()
                                + " delete virtualservice " + rule.getMetadata().getName() + ".");
            }
        }
    }

    /** The image of the workload's own container. */
    String image(Pod pod) {
        return containers(pod)
                .filter(container -> container.getName().equals(app))
                .findFirst()
                .orElseThrow()
                .getImage();
    }

    private static String image(Container container) {
        String image = Objects.requireNonNullElse(container.getImage(), "");
        return image.substring(image.lastIndexOf(':') + 1);
    }

    private static Stream<Container> containers(Pod pod) {
        return Stream.of(pod.getSpec().getInitContainers(), pod.getSpec().getContainers())
                .filter(Objects::nonNull)
                .flatMap(List::stream);
    }

    private static boolean isReady(Pod pod) {
        return Stream.ofNullable(pod.getStatus().getConditions())
                .flatMap(List::stream)
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }
}
