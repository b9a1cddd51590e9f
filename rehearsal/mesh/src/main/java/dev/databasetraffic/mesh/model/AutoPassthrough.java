package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.resource.Gateway.Server;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A gateway's way for sidecars of other clusters (gateway.go, AUTO_PASSTHROUGH): they name the cluster that they mean as the
 * server name of Istio's own TLS, and the gateway needs no rule.
 */
final class AutoPassthrough {

    private static final String MODE = "AUTO_PASSTHROUGH";

    private static final List<String> ISTIO_TLS =
            List.of("istio", "istio-peer-exchange", "istio-http/1.0", "istio-http/1.1", "istio-h2");

    private AutoPassthrough() {}

    static boolean is(Server server) {
        return server.tls() != null && server.tls().mode().equals(MODE);
    }

    /** Those of hosts inside the mesh under the names that serve as server names, without a TLS of the gateway's own. */
    static Map<String, Cluster> clusters(Collection<Cluster> outbound) {
        Map<String, Cluster> clusters = new LinkedHashMap<>();
        for (Cluster each : outbound) {
            if (!each.host().external()) {
                String name = each.name().replace("|", "_.");
                clusters.put(name, new Cluster(name, each.type(), null, "", each.host(), each.port(), each.policies()));
            }
        }
        return clusters;
    }

    static List<FilterChain> chains(Collection<Cluster> outbound, List<String> served, Origin origin) {
        return clusters(outbound).values().stream()
                .filter(cluster -> served.stream()
                        .anyMatch(name -> cluster.host().hostname().isSubsetOf(new Hostname(name))))
                .map(cluster -> new FilterChain(
                        List.of(cluster.name()),
                        ISTIO_TLS,
                        false,
                        List.of(),
                        Target.Clusters.single(cluster.name()),
                        origin))
                .toList();
    }
}
