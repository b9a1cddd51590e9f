package dev.databasetraffic.corpus;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** istiod, asked over its plaintext port for what it would send to a proxy. */
final class Istiod implements AutoCloseable {

    private static final int PLAINTEXT_DISCOVERY = 15010;
    private static final int LARGEST_ANSWER = 64 << 20;

    private final LocalPortForward port;
    private final ManagedChannel channel;

    Istiod(KubernetesClient cluster) {
        this.port = cluster.pods().resource(pod(cluster)).portForward(PLAINTEXT_DISCOVERY);
        this.channel = ManagedChannelBuilder.forAddress("127.0.0.1", port.getLocalPort())
                .usePlaintext()
                .maxInboundMessageSize(LARGEST_ANSWER)
                .build();
    }

    static Pod pod(KubernetesClient cluster) {
        return cluster.pods().inNamespace("istio-system").withLabel("app", "istiod").list().getItems().stream()
                .filter(pod -> "Running".equals(pod.getStatus().getPhase())
                        && pod.getMetadata().getDeletionTimestamp() == null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no istiod in istio-system"));
    }

    AdsStream stream(Node node) {
        return new AdsStream(channel, node);
    }

    ProxyState ask(Node node) throws InterruptedException, InvalidProtocolBufferException {
        try (AdsStream stream = stream(node)) {
            List<Cluster> clusters = new ArrayList<>();
            for (var resource : stream.ask(AdsStream.CLUSTERS, List.of()).getResourcesList()) {
                clusters.add(resource.unpack(Cluster.class));
            }
            List<Listener> listeners = new ArrayList<>();
            for (var resource : stream.ask(AdsStream.LISTENERS, List.of()).getResourcesList()) {
                listeners.add(resource.unpack(Listener.class));
            }
            ListenerReading reading = ListenerReading.of(listeners);
            return new ProxyState(
                    reading.unmatched(),
                    reading.listeners(),
                    ClusterReading.of(clusters, endpoints(stream, clusters)),
                    routes(stream, reading));
        }
    }

    private static Map<String, ClusterLoadAssignment> endpoints(AdsStream stream, List<Cluster> clusters)
            throws InterruptedException, InvalidProtocolBufferException {
        List<String> names = clusters.stream()
                .filter(cluster -> cluster.getType() == Cluster.DiscoveryType.EDS)
                .map(cluster -> cluster.getEdsClusterConfig().getServiceName())
                .toList();
        Map<String, ClusterLoadAssignment> endpoints = new TreeMap<>();
        if (!names.isEmpty()) {
            for (var resource : stream.ask(AdsStream.ENDPOINTS, names).getResourcesList()) {
                ClusterLoadAssignment assignment = resource.unpack(ClusterLoadAssignment.class);
                endpoints.put(assignment.getClusterName(), assignment);
            }
        }
        return endpoints;
    }

    private static Map<String, Object> routes(AdsStream stream, ListenerReading reading)
            throws InterruptedException, InvalidProtocolBufferException {
        Map<String, Object> routes = new TreeMap<>(RouteReading.of(reading.inlineRoutes()));
        if (!reading.routeNames().isEmpty()) {
            DiscoveryResponse response = stream.ask(AdsStream.ROUTES, reading.routeNames());
            List<RouteConfiguration> configurations = new ArrayList<>();
            for (var resource : response.getResourcesList()) {
                configurations.add(resource.unpack(RouteConfiguration.class));
            }
            routes.putAll(RouteReading.of(configurations));
        }
        return routes;
    }

    @Override
    public void close() throws IOException {
        channel.shutdownNow();
        port.close();
    }
}
