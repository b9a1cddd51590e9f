package dev.databasetraffic.mesh.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.config.MeshConfig;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the mesh's resources from a cluster: lists and gets, and nothing else. */
public final class ClusterReader {

    /** Their labels choose waypoints. They are in no namespace themselves. */
    private static final ResourceType NAMESPACES = new ResourceType("v1", "Namespace", "namespaces");

    /** What the model reads besides Istio's and the Gateway API's own resources. */
    private static final List<ResourceType> BUILT_IN = List.of(
            NAMESPACES,
            new ResourceType("v1", "Service", "services"),
            new ResourceType("apps/v1", "Deployment", "deployments"),
            new ResourceType("apps/v1", "StatefulSet", "statefulsets"),
            new ResourceType("apps/v1", "DaemonSet", "daemonsets"),
            new ResourceType("apps/v1", "ReplicaSet", "replicasets"),
            new ResourceType("batch/v1", "CronJob", "cronjobs"),
            new ResourceType("batch/v1", "Job", "jobs"),
            new ResourceType("v1", "Pod", "pods"));

    private static final Set<String> NEVER_OWNERS = Set.of("Service", NAMESPACES.kind());

    /** For one page of a list. */
    private static final int TIMEOUT_MILLIS = 15_000;

    private static final String ISTIO = "networking.istio.io";
    private static final List<String> GROUPS = List.of(ISTIO, "gateway.networking.k8s.io");

    private final ApiServer server;
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    private ClusterReader(KubernetesClient client) {
        this.server = new ApiServer(client);
    }

    /**
     * Reads what there is in the cluster that {@code KUBECONFIG} names, as far as it lets this user.
     *
     * @param namespaces to be read one by one where the user may not list a kind in all of them
     * @param rootNamespace where the ConfigMap {@code istio} lies
     * @throws ClusterException if no cluster answers, or it fails
     */
    public static LiveMesh read(Set<String> namespaces, String rootNamespace) throws ClusterException {
        Config config = new ConfigBuilder()
                .withConnectionTimeout(TIMEOUT_MILLIS)
                .withRequestTimeout(TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            return new ClusterReader(client).readAll(namespaces, rootNamespace);
        } catch (KubernetesClientException e) {
            throw new ClusterException(
                    (e.getCode() <= 0 ? "No cluster answers at " : "No mesh can be read from the cluster at ")
                            + config.getMasterUrl() + ": " + ApiServer.reason(e)
                            + ". Is KUBECONFIG right? Try: kubectl get virtualservices -A",
                    e);
        }
    }

    private LiveMesh readAll(Set<String> namespaces, String rootNamespace) {
        List<ResourceType> types = new ArrayList<>(BUILT_IN);
        for (String group : GROUPS) {
            List<ResourceType> served = server.typesOf(group);
            // A cluster whose API has no Gateway API has no routes of it: that is known.
            if (served.isEmpty() && group.equals(ISTIO)) {
                gaps.add("The cluster has no resources of " + group + ": Istio is not installed there.");
            }
            types.addAll(served);
        }
        for (ResourceType type : types) {
            read(type, namespaces);
        }
        return new LiveMesh(List.copyOf(manifests), config(rootNamespace), List.copyOf(gaps));
    }

    private void read(ResourceType type, Set<String> namespaces) {
        if (list(type, "")) {
            return;
        }
        if (type.equals(NAMESPACES)) {
            gaps.add("Cannot list namespaces (forbidden); cannot tell which waypoints their labels choose.");
            return;
        }
        List<String> read =
                namespaces.stream().filter(namespace -> list(type, namespace)).toList();
        gaps.add("Cannot list " + type.plural() + " in all namespaces (forbidden); "
                + (read.isEmpty()
                        ? "cannot tell what they do."
                        : "read in " + String.join(", ", read) + " alone, and cannot tell what those elsewhere do."));
    }

    /** @return whether this user may */
    private boolean list(ResourceType type, String namespace) {
        try {
            for (JsonNode item : server.list(type, namespace)) {
                if (!isOwned(item)) {
                    manifests.add(LiveManifest.of(type, item));
                }
            }
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return false;
            }
            throw e;
        } catch (ManifestException e) {
            gaps.add("Cannot read " + e.getMessage() + ".");
            return true;
        }
    }

    /** The pods of a Deployment are what their Deployment says. */
    private static boolean isOwned(JsonNode item) {
        for (JsonNode owner : item.path("metadata").path("ownerReferences")) {
            String kind = owner.path("kind").asText();
            if (BUILT_IN.stream().anyMatch(type -> type.kind().equals(kind) && !NEVER_OWNERS.contains(kind))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable MeshConfig config(String rootNamespace) {
        String name = "ConfigMap " + rootNamespace + "/istio";
        try {
            JsonNode configMap =
                    server.get(new ResourceType("v1", "ConfigMap", "configmaps"), rootNamespace, MeshConfig.CONFIG_MAP);
            if (configMap != null) {
                return MeshConfig.ofConfigMap(Path.of(name), configMap);
            }
            gaps.add("There is no " + name + "; cannot tell how the mesh is configured, and took Istio's defaults.");
        } catch (ManifestException e) {
            gaps.add(e.getMessage() + "; took Istio's defaults.");
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            gaps.add("Cannot read " + name
                    + " (forbidden); cannot tell how the mesh is configured, and took Istio's defaults.");
        }
        return null;
    }
}
