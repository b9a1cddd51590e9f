package dev.databasetraffic.corpus;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What stands for a waypoint: the Service and the pod that istiod would have made for the Gateway, and nothing in the
 * pod, since it takes Istio's own Envoy to be one. istiod alone is asked.
 */
final class Waypoint implements AskedProxy {

    private static final String GATEWAY = "gateway.networking.k8s.io/gateway-name";
    private static final int START_SECONDS = 60;

    private final KubernetesClient cluster;
    private final List<HasMetadata> objects;
    private final Node node;

    /** @param like the node of a sidecar, for all in which a waypoint does not differ */
    Waypoint(KubernetesClient cluster, Asker asker, Node like) {
        this.cluster = cluster;
        String name = asker.labels().get(GATEWAY);
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(asker.podName())
                .withNamespace(asker.namespace())
                .withLabels(asker.labels())
                .addToLabels("sidecar.istio.io/inject", "false")
                .endMetadata()
                .withSpec(ProxyPod.sleeping())
                .build();
        this.objects = List.of(
                pod,
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(asker.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(Map.of(GATEWAY, Objects.requireNonNull(name)))
                        .addNewPort()
                        .withName("mesh")
                        .withPort(15008)
                        .withAppProtocol("hbone")
                        .endPort()
                        .endSpec()
                        .build());
        objects.forEach(object -> cluster.resource(object).forceConflicts().serverSideApply());
        Pod running = cluster.resource(pod).waitUntilReady(START_SECONDS, TimeUnit.SECONDS);
        this.node = node(asker, running.getStatus().getPodIP(), like);
    }

    private static Node node(Asker asker, String address, Node like) {
        Struct.Builder labels = Struct.newBuilder();
        asker.labels().forEach((key, value) -> labels.putFields(key, text(value)));
        return like.toBuilder()
                .setId("waypoint~" + address + "~" + asker.podName() + "." + asker.namespace() + "~" + asker.namespace()
                        + ".svc.cluster.local")
                .setMetadata(like.getMetadata().toBuilder()
                        .putFields("NAMESPACE", text(asker.namespace()))
                        .putFields("NAME", text(asker.podName()))
                        .putFields("INSTANCE_IPS", text(address))
                        .putFields(
                                "LABELS",
                                Value.newBuilder().setStructValue(labels).build()))
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Map<String, String> awaitTaken(Map<String, Object> listeners) {
        return Map.of();
    }

    @Override
    public void close() {
        objects.forEach(object -> cluster.resource(object).delete());
    }
}
