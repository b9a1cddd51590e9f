package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.ServiceUnderTest;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks, before anything is touched, whether a rehearsal in this cluster would mean anything. */
final class Preflight {

    private static final String ISTIO_SYSTEM = "istio-system";
    private static final String SUITE = "plants";
    private static final String CURL = "docker.io/curlimages/curl:8.16.0";

    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    /** A look at the workload behind a Service. */
    Preflight(KubernetesClient client, ServiceUnderTest.Deployed deployed) {
        this.client = client;
        this.namespace = deployed.namespace();
        this.name = deployed.service();
    }

    /** The versions at work, for the report. */
    Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Kubernetes", String.valueOf(client.getKubernetesVersion().getGitVersion()));
        Deployment istiod = deployment(ISTIO_SYSTEM, "istiod");
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

    /** @throws PlaceException if there is none of that name, or none that selects pods */
    Service service() throws PlaceException {
        Service service =
                client.services().inNamespace(namespace).withName(name).get();
        if (service == null || service.getSpec().getSelector() == null) {
            throw new PlaceException("There is no Service " + name + " with a selector in namespace " + namespace + ". "
                    + deployFirst());
        }
        return service;
    }

    private String deployFirst() {
        return namespace.equals(SUITE)
                ? "Deploy it first: kubectl apply -f k8s/ -f istio/ (and, without a Google account, kubectl apply -f"
                        + " k8s/emulator/)."
                : "Deploy it first, or correct service.kubernetes in the experiment.";
    }

    /**
     * The Service's pods, all of them ready and each with a sidecar.
     *
     * @throws PlaceException if there is none, or one is not
     */
    List<Pod> readyPods(Service service) throws PlaceException {
        List<Pod> pods = pods(service);
        for (Pod pod : pods) {
            if (!ServicePods.isReady(pod)) {
                String podName = pod.getMetadata().getName();
                throw new PlaceException("Pod " + podName + " is not ready. See kubectl -n " + namespace
                        + " describe pod " + podName + ", or its log.");
            }
        }
        return pods;
    }

    /**
     * Those of the Service's pods that run, ready or not.
     *
     * @throws PlaceException if there is none, or one has no sidecar
     */
    List<Pod> runningPods(Service service) throws PlaceException {
        List<Pod> running =
                pods(service).stream().filter(ServicePods::isRunning).toList();
        if (running.isEmpty()) {
            throw new PlaceException("No pod of Service " + name + " in namespace " + namespace
                    + " runs. See kubectl -n " + namespace + " get pods.");
        }
        return running;
    }

    private List<Pod> pods(Service service) throws PlaceException {
        List<Pod> pods = ServicePods.of(service, client);
        if (pods.isEmpty()) {
            throw new PlaceException(
                    "Service " + name + " in namespace " + namespace + " selects no pod. " + deployFirst());
        }
        for (Pod pod : pods) {
            String podName = pod.getMetadata().getName();
            if (!ServicePods.hasSidecar(pod)) {
                throw new PlaceException("Pod " + podName + " has no sidecar, so no rule of the mesh reaches it. Label"
                        + " the namespace istio-injection=enabled, then kubectl -n " + namespace
                        + " rollout restart its deployment.");
            }
        }
        return pods;
    }

    /** An image with a shell and curl: plants' own, which the nodes have, where plants is deployed. */
    String guardImage() {
        Deployment plants = deployment(SUITE, SUITE);
        return plants == null
                ? CURL
                : plants.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage();
    }

    /** Null also if this user may not see it: neither is needed for a rehearsal. */
    private @Nullable Deployment deployment(String where, String called) {
        try {
            return client.apps()
                    .deployments()
                    .inNamespace(where)
                    .withName(called)
                    .get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return null;
            }
            throw e;
        }
    }

    private static String image(Container container) {
        String image = Objects.requireNonNullElse(container.getImage(), "");
        return image.substring(image.lastIndexOf(':') + 1);
    }
}
