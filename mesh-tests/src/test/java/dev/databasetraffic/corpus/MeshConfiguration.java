package dev.databasetraffic.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private static final Duration TAKEN_OVER = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final KubernetesClient cluster;
    private final String original;
    /** Not empty as long as the mesh may have other than the original. */
    private volatile Map<String, String> settings = Map.of();

    private boolean restored;

    MeshConfiguration(KubernetesClient cluster) {
        this.cluster = cluster;
        this.original = Objects.requireNonNull(map().getData().get("mesh"));
        // Who interrupts a recording must not be left with its mesh: the next would take that for what there was
        // before.
        Runtime.getRuntime().addShutdownHook(new Thread(this::restore, "mesh-restored"));
    }

    private synchronized void restore() {
        if (!settings.isEmpty()) {
            put(original);
        }
        restored = true;
    }

    private synchronized void put(String mesh) {
        if (restored) {
            throw new IllegalStateException("The recording is being ended.");
        }
        cluster.configMaps().inNamespace(SYSTEM).withName("istio").edit(map -> {
            map.getData().put("mesh", mesh);
            return map;
        });
    }

    /** Waits until istiod has it. */
    void set(Map<String, String> wanted) throws IOException {
        if (wanted.equals(settings)) {
            return;
        }
        if (!wanted.isEmpty()) {
            settings = wanted;
        }
        ObjectNode mesh = (ObjectNode) YAML.readTree(original);
        wanted.forEach((key, value) -> {
            if (key.equals("outboundTrafficPolicy")) {
                mesh.putObject(key).put("mode", value);
            } else {
                mesh.put(key, value);
            }
        });
        put(wanted.isEmpty() ? original : text(mesh));
        settings = wanted;
        awaitTaken(mesh);
    }

    private void awaitTaken(ObjectNode mesh) throws IOException {
        Pod istiod = Istiod.pod(cluster);
        try (LocalPortForward port = cluster.pods().resource(istiod).portForward(DEBUG)) {
            URI address = URI.create("http://127.0.0.1:" + port.getLocalPort() + "/debug/mesh");
            HttpRequest ask =
                    HttpRequest.newBuilder(address).timeout(TAKEN_OVER).build();
            Awaitility.await("istiod to take over the mesh's configuration")
                    .atMost(TAKEN_OVER)
                    .until(() -> isLike(
                            mesh,
                            JSON.readTree(
                                    http.send(ask, BodyHandlers.ofString()).body())));
        }
    }

    private static boolean isLike(JsonNode mesh, JsonNode now) {
        // ALLOW_ANY is in force where nothing is set; REGISTRY_ONLY is 0 in the protocol, and so left out of what is
        // told.
        String mode = mesh.at("/outboundTrafficPolicy/mode").asText("ALLOW_ANY");
        return now.at("/outboundTrafficPolicy/mode").asText("REGISTRY_ONLY").equals(mode)
                && now.path("rootNamespace").equals(mesh.path("rootNamespace"));
    }

    private static String text(ObjectNode mesh) {
        try {
            return YAML.writeValueAsString(mesh);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
