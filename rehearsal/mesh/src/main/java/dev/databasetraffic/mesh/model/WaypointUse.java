package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.resource.KubernetesGateway;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.Resources;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose connections pass a waypoint, and which one (pilot/pkg/serviceregistry/ambient, waypoints.go): a label of the host
 * names it, or else one of its namespace.
 */
final class WaypointUse {

    private static final String USE = KubernetesGateway.USE_LABEL;
    private static final String USE_NAMESPACE = USE + "-namespace";
    private static final String TRAFFIC = "istio.io/waypoint-for";
    private static final String NONE = "none";

    private final Map<String, Map<String, String>> namespaces = new HashMap<>();
    private final Map<WaypointKey, Resource<KubernetesGateway>> gateways = new HashMap<>();

    WaypointUse(Resources resources) {
        resources
                .namespaces()
                .forEach(each -> namespaces.put(each.name(), each.manifest().labels()));
        resources
                .kubernetesGateways()
                .forEach(each -> gateways.put(new WaypointKey(each.namespace(), each.name()), each));
    }

    Optional<WaypointKey> of(RegisteredHost host) {
        Map<String, String> labels =
                host.labels().containsKey(USE) ? host.labels() : namespaces.getOrDefault(host.namespace(), Map.of());
        return Optional.ofNullable(labels.get(USE))
                .filter(name -> !name.equals(NONE))
                .map(name -> new WaypointKey(labels.getOrDefault(USE_NAMESPACE, host.namespace()), name))
                .filter(key -> serves(key, host.namespace()));
    }

    /** What no manifest has may still be there. */
    private boolean serves(WaypointKey key, String namespace) {
        Resource<KubernetesGateway> gateway = gateways.get(key);
        return gateway == null
                || Set.of("service", "all").contains(gateway.manifest().labels().getOrDefault(TRAFFIC, "service"))
                        && (key.namespace().equals(namespace) || gateway.spec().admitsOtherNamespaces());
    }
}
