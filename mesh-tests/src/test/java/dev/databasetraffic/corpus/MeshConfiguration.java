package dev.databasetraffic.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;

/** The mesh's configuration, changed for some files and set back. */
final class MeshConfiguration implements AutoCloseable {

    private static final String SYSTEM = "istio-system";
    private static final int DEBUG = 15014;
    private static final Duration TAKEN_OVER = Duration.ofMinutes(3);
    private static final YAMLMapper YAML = new YAMLMapper();

    private final KubernetesClient cluster;
    private final String original;
    private Map<String, String> settings = Map.of();

    MeshConfiguration(KubernetesClient cluster) {
        this.cluster = cluster;
        this.original = Objects.requireNonNull(map().getData().get("mesh"));
    }

    /** Waits until istiod has it. The kubelet hands the file on; that a pod is changed makes it hurry. */
    void set(Map<String, String> wanted) throws IOException {
        if (wanted.equals(settings)) {
            return;
        }
        ObjectNode mesh = (ObjectNode) YAML.readTree(original);
        wanted.forEach((key, value) -> {
            if (key.equals("outboundTrafficPolicy")) {
                mesh.putObject(key).put("mode", value);
            } else {
                mesh.put(key, value);
            }
        });
        cluster.configMaps().inNamespace(SYSTEM).withName("istio").edit(map -> {
            map.getData().put("mesh", wanted.isEmpty() ? original : text(mesh));
            return map;
        });
        cluster.pods()
                .inNamespace(SYSTEM)
                .withLabel("app", "istiod")
                .resources()
                .forEach(pod -> pod.edit(edited -> {
                    edited.getMetadata().getAnnotations().put("corpus.databasetraffic.dev/mesh", wanted.toString());
                    return edited;
                }));
        awaitTaken(mesh);
        settings = wanted;
    }

    private void awaitTaken(ObjectNode mesh) throws IOException {
        var pod = cluster.pods()
                .inNamespace(SYSTEM)
                .withLabel("app", "istiod")
                .resources()
                .findFirst();
        try (LocalPortForward port = pod.orElseThrow().portForward(DEBUG)) {
            HttpRequest ask = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port.getLocalPort() + "/debug/mesh"))
                    .build();
            Awaitility.await("istiod to take over the mesh's configuration")
                    .atMost(TAKEN_OVER)
                    .until(() -> {
                        JsonNode now = new ObjectMapper()
                                .readTree(HttpClient.newHttpClient()
                                        .send(ask, BodyHandlers.ofString())
                                        .body());
                        // ALLOW_ANY, the default, is shown as set.
                        String mode = mesh.at("/outboundTrafficPolicy/mode").asText("ALLOW_ANY");
                        return now.at("/outboundTrafficPolicy/mode")
                                        .asText("ALLOW_ANY")
                                        .equals(mode)
                                && now.path("rootNamespace").equals(mesh.path("rootNamespace"));
                    });
        }
    }

    private static String text(ObjectNode mesh) {
        try {
            return YAML.writeValueAsString(mesh);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private ConfigMap map() {
        return cluster.configMaps().inNamespace(SYSTEM).withName("istio").require();
    }

    @Override
    public void close() throws IOException {
        set(Map.of());
    }
}
