package dev.databasetraffic.corpus;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.extensions.transport_sockets.internal_upstream.v3.InternalUpstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Clusters in the words of the record: how their endpoints are found, which there are, and what TLS is set on top. */
final class ClusterReading {

    private ClusterReading() {}

    static Map<String, Object> of(List<Cluster> clusters, Map<String, ClusterLoadAssignment> endpoints)
            throws InvalidProtocolBufferException {
        Map<String, Object> read = new TreeMap<>();
        for (Cluster cluster : clusters) {
            // What the proxy uses for itself, and the way in, are the same with any rule.
            if (!cluster.getName().startsWith("inbound|")) {
                read.put(cluster.getName(), read(cluster, endpoints));
            }
        }
        return read;
    }

    private static Map<String, Object> read(Cluster cluster, Map<String, ClusterLoadAssignment> endpoints)
            throws InvalidProtocolBufferException {
        Map<String, Object> read = new TreeMap<>();
        read.put(
                "type",
                cluster.hasClusterType()
                        ? cluster.getClusterType().getName()
                        : cluster.getType().name());
        Object tls = tls(cluster);
        if (tls != null) {
            read.put("tls", tls);
        }
        ClusterLoadAssignment assignment = cluster.hasLoadAssignment()
                ? cluster.getLoadAssignment()
                : endpoints.getOrDefault(
                        cluster.getEdsClusterConfig().getServiceName(), ClusterLoadAssignment.getDefaultInstance());
        List<String> addresses = assignment.getEndpointsList().stream()
                .flatMap(locality -> locality.getLbEndpointsList().stream())
                .map(endpoint -> text(endpoint.getEndpoint().getAddress()))
                .sorted()
                .toList();
        if (!addresses.isEmpty() || cluster.getType() == Cluster.DiscoveryType.EDS) {
            read.put("endpoints", addresses);
        }
        return read;
    }

    private static String text(Address address) {
        return switch (address.getAddressCase()) {
            case SOCKET_ADDRESS ->
                address.getSocketAddress().getAddress() + ":"
                        + address.getSocketAddress().getPortValue();
            case ENVOY_INTERNAL_ADDRESS ->
                "internal:"
                        + address.getEnvoyInternalAddress().getServerListenerName() + ":"
                        + address.getEnvoyInternalAddress().getEndpointId();
            default -> address.getAddressCase().name();
        };
    }

    private static @Nullable Object tls(Cluster cluster) throws InvalidProtocolBufferException {
        if (cluster.hasTransportSocket()) {
            return tls(cluster.getTransportSocket(), false);
        }
        for (Cluster.TransportSocketMatch match : cluster.getTransportSocketMatchesList()) {
            // The first is for endpoints with a sidecar where it matches their label, and else what is configured.
            if (List.of("tlsMode-istio", "user").contains(match.getName())) {
                return tls(match.getTransportSocket(), match.getMatch().getFieldsCount() > 0);
            }
        }
        return null;
    }

    /** @param automatic whether only endpoints with a sidecar of their own get it */
    private static @Nullable Object tls(TransportSocket socket, boolean automatic)
            throws InvalidProtocolBufferException {
        if (socket.getTypedConfig().is(InternalUpstreamTransport.class)) {
            // A waypoint's, which hands on what it knows of the caller.
            return tls(
                    socket.getTypedConfig()
                            .unpack(InternalUpstreamTransport.class)
                            .getTransportSocket(),
                    automatic);
        }
        if (!socket.getTypedConfig().is(UpstreamTlsContext.class)) {
            return null;
        }
        UpstreamTlsContext context = socket.getTypedConfig().unpack(UpstreamTlsContext.class);
        var certificates = context.getCommonTlsContext().getTlsCertificateSdsSecretConfigsList();
        Map<String, Object> tls = new TreeMap<>();
        boolean own = certificates.stream().anyMatch(secret -> secret.getName().equals("default"));
        String configured = own ? "ISTIO_MUTUAL" : certificates.isEmpty() ? "SIMPLE" : "MUTUAL";
        tls.put("mode", automatic ? "automatic" : configured);
        if (!context.getSni().isEmpty()) {
            tls.put("sni", context.getSni());
        }
        return tls;
    }
}
