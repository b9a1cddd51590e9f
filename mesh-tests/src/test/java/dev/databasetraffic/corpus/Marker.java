package dev.databasetraffic.corpus;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells when istiod has taken in all that was changed before: an entry that only the marker's own namespace sees is
 * changed last, and istiod gathers changes until there were none for a while before it hands them out together.
 */
final class Marker implements AutoCloseable {

    static final String NAMESPACE = "corpus-marker";

    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;

    private final ClusterObjects objects;
    private final AdsStream stream;
    private DiscoveryResponse last;
    private int count;

    Marker(ClusterObjects objects, Istiod istiod, Node like) throws InterruptedException {
        this.objects = objects;
        objects.namespace(NAMESPACE);
        // Whatever a file says of the mesh's Sidecar, this namespace sees itself.
        objects.put(object("Sidecar", "marker", Map.of("egress", List.of(Map.of("hosts", List.of("./*"))))));
        this.stream = istiod.stream(node(like));
        this.last = stream.ask(AdsStream.CLUSTERS, List.of());
    }

    void await() throws InterruptedException, InvalidProtocolBufferException {
        int port = FIRST_PORT + count++ % PORTS;
        objects.put(object(
                "ServiceEntry",
                "marker",
                Map.of(
                        "hosts", List.of("marker.example"),
                        "exportTo", List.of("."),
                        "location", "MESH_EXTERNAL",
                        "resolution", "NONE",
                        "ports", List.of(Map.of("number", port, "name", "tls", "protocol", "TLS")))));
        String cluster = "outbound|" + port + "||marker.example";
        while (!names(last).contains(cluster)) {
            last = stream.next(AdsStream.CLUSTERS);
        }
    }

    private static List<String> names(DiscoveryResponse response) throws InvalidProtocolBufferException {
        List<String> names = new ArrayList<>();
        for (var resource : response.getResourcesList()) {
            names.add(resource.unpack(Cluster.class).getName());
        }
        return names;
    }

    private static Node node(Node like) {
        String id = like.getId()
                .replaceFirst("~[^~]+~[^~]+$", "~marker." + NAMESPACE + "~" + NAMESPACE + ".svc.cluster.local");
        Struct metadata = like.getMetadata().toBuilder()
                .putFields(
                        "NAMESPACE",
                        Value.newBuilder().setStringValue(NAMESPACE).build())
                .putFields("NAME", Value.newBuilder().setStringValue("marker").build())
                .build();
        return like.toBuilder().setId(id).setMetadata(metadata).build();
    }

    private static GenericKubernetesResource object(String kind, String name, Map<String, Object> spec) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion("networking.istio.io/v1");
        object.setKind(kind);
        object.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build());
        object.setAdditionalProperty("spec", spec);
        return object;
    }

    @Override
    public void close() {
        stream.close();
    }
}
