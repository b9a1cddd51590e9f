package dev.databasetraffic.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A pod with a real Envoy: a sidecar beside a container that sleeps, or a gateway. */
final class ProxyPod implements AskedProxy {

    private static final int ADMIN = 15000;
    private static final int START_SECONDS = 120;
    private static final Duration TAKEN_OVER = Duration.ofSeconds(15);

    /** After which a listener that waits, for a certificate say, will not have it: otherwise it takes milliseconds. */
    private static final Duration WARM = Duration.ofSeconds(4);

    private final HttpClient http = HttpClient.newHttpClient();
    private final KubernetesClient cluster;
    private final Pod pod;
    private final LocalPortForward port;
    private final Node node;

    ProxyPod(KubernetesClient cluster, Asker asker) throws IOException, InterruptedException {
        this.cluster = cluster;
        this.pod = asker.kind() == Asker.Kind.GATEWAY ? gateway(asker) : sidecar(asker);
        if (cluster.resource(pod).get() == null) {
            cluster.resource(pod).create();
        }
        cluster.resource(pod).waitUntilReady(START_SECONDS, TimeUnit.SECONDS);
        this.port = cluster.pods().resource(pod).portForward(ADMIN);
        this.node = readNode();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Map<String, String> awaitTaken(Map<String, Object> listeners) {
        Map<String, String> errors = new TreeMap<>();
        Instant began = Instant.now();
        Awaitility.await("Envoy of " + pod.getMetadata().getName() + " to take over what istiod sent")
                .atMost(TAKEN_OVER)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    EnvoyDump dump = EnvoyDump.read(get("/config_dump?resource=dynamic_listeners"));
                    errors.clear();
                    errors.putAll(dump.errors());
                    if (Duration.between(began, Instant.now()).compareTo(WARM) > 0) {
                        dump.warming().forEach(name -> errors.putIfAbsent(name, "waits for what it needs"));
                    }
                    errors.keySet().retainAll(listeners.keySet());
                    return without(dump.listeners().listeners(), errors).equals(without(listeners, errors));
                });
        return errors;
    }

    private static Map<String, Object> without(Map<String, Object> listeners, Map<String, String> refused) {
        Map<String, Object> rest = new HashMap<>(listeners);
        rest.keySet().removeAll(refused.keySet());
        return rest;
    }

    private Node readNode() throws IOException, InterruptedException {
        for (JsonNode config : new ObjectMapper().readTree(get("/config_dump")).path("configs")) {
            if (config.has("bootstrap")) {
                Node.Builder parsed = Node.newBuilder();
                JsonFormat.parser()
                        .ignoringUnknownFields()
                        .merge(config.path("bootstrap").path("node").toString(), parsed);
                return parsed.clearExtensions().build();
            }
        }
        throw new IllegalStateException("Envoy's dump has no bootstrap");
    }

    private String get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port.getLocalPort() + path);
        return http.send(HttpRequest.newBuilder(address).timeout(TAKEN_OVER).build(), BodyHandlers.ofString())
                .body();
    }

    private static Pod sidecar(Asker asker) {
        return base(asker).withSpec(sleeping()).build();
    }

    /** A container that does nothing, for as long as it takes. */
    static PodSpec sleeping() {
        return new PodSpecBuilder()
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("caller")
                .withImage(System.getProperty("corpus.image", "busybox:latest"))
                .withImagePullPolicy("IfNotPresent")
                .withCommand("sleep", "1000000")
                .endContainer()
                .build();
    }

    private static Pod gateway(Asker asker) {
        return base(asker)
                .editMetadata()
                .addToAnnotations("inject.istio.io/templates", "gateway")
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("istio-proxy")
                .withImage("auto")
                .withImagePullPolicy("IfNotPresent")
                .endContainer()
                .endSpec()
                .build();
    }

    private static PodBuilder base(Asker asker) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(asker.podName())
                .withNamespace(asker.namespace())
                .withLabels(new HashMap<>(asker.labels()))
                .addToLabels("sidecar.istio.io/inject", "true")
                .endMetadata();
    }

    @Override
    public void close() throws IOException {
        port.close();
        cluster.resource(pod).delete();
    }
}
