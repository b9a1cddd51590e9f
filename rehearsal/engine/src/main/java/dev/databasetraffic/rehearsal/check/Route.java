package dev.databasetraffic.rehearsal.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One match of one route of a VirtualService, with what the VirtualService says of all its routes.
 *
 * @param section {@code tls}, {@code tcp} or {@code http}
 * @param index the route's index in its section
 * @param hosts the hosts matched: a {@code tls} match's server names, else the VirtualService's hosts, fully qualified
 * @param port the port matched; null matches every port
 * @param gateways the gateways it is bound to, with {@code mesh} for sidecars
 * @param exportTo the namespaces that see it; {@code *} is all
 */
record Route(
        Manifest manifest,
        String section,
        int index,
        List<String> hosts,
        @Nullable Long port,
        Set<String> gateways,
        Map<String, String> sourceLabels,
        @Nullable String sourceNamespace,
        Set<String> exportTo,
        List<Destination> destinations) {

    static final String MESH = "mesh";

    boolean isForSidecars() {
        return gateways.contains(MESH);
    }

    boolean isForSidecarsAlone() {
        return gateways.equals(Set.of(MESH));
    }

    int line() {
        return manifest.line("spec", section, index);
    }

    /** Whether a workload and a connection could be subject to both. */
    boolean overlaps(Route other) {
        return gateways.stream().anyMatch(other.gateways::contains)
                && (port == null || other.port == null || port.equals(other.port))
                && hosts.stream().anyMatch(other.hosts::contains)
                && (exportTo.contains("*")
                        || other.exportTo.contains("*")
                        || exportTo.stream().anyMatch(other.exportTo::contains))
                && (sourceNamespace == null
                        || other.sourceNamespace == null
                        || sourceNamespace.equals(other.sourceNamespace))
                && sourceLabels.entrySet().stream()
                        .allMatch(label -> label.getValue()
                                .equals(other.sourceLabels.getOrDefault(label.getKey(), label.getValue())));
    }
}
