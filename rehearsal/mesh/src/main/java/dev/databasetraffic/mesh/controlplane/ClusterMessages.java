package dev.databasetraffic.mesh.controlplane;

import dev.databasetraffic.mesh.controlplane.Containers.Address;
import dev.databasetraffic.mesh.model.Cluster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clusters under istiod's names, with containers for endpoints: by DNS, or none. */
final class ClusterMessages {

    /** istiod's default. */
    private static final String CONNECT_TIMEOUT = "10s";

    private ClusterMessages() {}

    static List<Map<String, Object>> of(Collection<Cluster> clusters, Containers containers) {
        List<Map<String, Object>> messages = new ArrayList<>();
        clusters.forEach(cluster -> messages.add(message(cluster, endpoint(cluster, containers))));
        messages.add(message(Cluster.BLACK_HOLE, "STATIC", Map.of()));
        // Nothing redirects connections to this Envoy, so that it does not know where they meant to go: it closes them.
        messages.add(message(Cluster.PASSTHROUGH, "ORIGINAL_DST", Map.of("lb_policy", "CLUSTER_PROVIDED")));
        return messages;
    }

    static Optional<Address> endpoint(Cluster cluster, Containers containers) {
        return containers.of(cluster.host().hostname().value(), cluster.port());
    }

    private static Map<String, Object> message(Cluster cluster, Optional<Address> endpoint) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("alt_stat_name", Message.metric(cluster.name()));
        endpoint.ifPresent(address -> {
            members.put("dns_lookup_family", "V4_ONLY");
            members.put("load_assignment", assignment(cluster.name(), address));
        });
        if (speaksTls(cluster)) {
            members.put(
                    "transport_socket",
                    Message.extension(
                            "envoy.transport_sockets.tls",
                            "transport_sockets.tls.v3.UpstreamTlsContext",
                            Map.of("sni", serverName(cluster))));
        }
        return message(cluster.name(), endpoint.isPresent() ? byDns(cluster.type()) : "STATIC", members);
    }

    /** Not ISTIO_MUTUAL: the containers have no sidecars that would end it. */
    private static boolean speaksTls(Cluster cluster) {
        return "SIMPLE".equals(cluster.tls()) || "MUTUAL".equals(cluster.tls());
    }

    /** A sidecar asks for none where the rule has none, or for that of an HTTP request. */
    private static String serverName(Cluster cluster) {
        return cluster.sni().isEmpty() ? cluster.host().hostname().value() : cluster.sni();
    }

    private static String byDns(Cluster.Type type) {
        return type == Cluster.Type.LOGICAL_DNS ? "LOGICAL_DNS" : "STRICT_DNS";
    }

    private static Map<String, Object> message(String name, String type, Map<String, ?> more) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("type", type);
        members.put("connect_timeout", CONNECT_TIMEOUT);
        members.putAll(more);
        return Message.typed("config.cluster.v3.Cluster", members);
    }

    private static Map<String, Object> assignment(String cluster, Address address) {
        return Map.of(
                "cluster_name",
                cluster,
                "endpoints",
                List.of(Map.of(
                        "lb_endpoints",
                        List.of(Map.of(
                                "endpoint", Map.of("address", Message.address(address.host(), address.port())))))));
    }
}
