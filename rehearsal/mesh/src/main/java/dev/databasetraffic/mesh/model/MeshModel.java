package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.resource.ConnectionRoute;
import dev.databasetraffic.mesh.resource.Gateway;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A mesh, made of manifests: asked about a workload it says what that workload's proxy does. */
public final class MeshModel {

    private final Resources resources;
    private final MeshOptions options;
    private final ServiceRegistry registry;
    private final GatewayApiRoutes routes;
    private final List<Rule> rules;
    private final WaypointUse waypoints;
    private final DestinationRules destinationRules;

    private MeshModel(Resources resources, MeshOptions options) {
        this.resources = resources;
        this.options = options;
        this.registry = ServiceRegistry.of(resources, options);
        this.routes = new GatewayApiRoutes(resources, options);
        this.rules = Stream.concat(
                        resources.virtualServices().stream().map(rule -> Rule.of(rule, options)),
                        resources.connectionRoutes().stream().flatMap(route -> routes.rules(route).stream()))
                .sorted(Rule.BY_AGE)
                .toList();
        this.waypoints = new WaypointUse(resources);
        this.destinationRules = new DestinationRules(resources.destinationRules(), options);
    }

    /** @param manifests valid ones, in the order in which they were applied */
    public static MeshModel of(List<Manifest> manifests, MeshOptions options) {
        return of(Resources.of(manifests), options);
    }

    public static MeshModel of(Resources resources, MeshOptions options) {
        return new MeshModel(resources, options);
    }

    /** Every host of the registry, whoever sees it. */
    public List<RegisteredHost> hosts() {
        return registry.hosts();
    }

    public boolean isVisible(RegisteredHost host, String namespace) {
        return registry.isVisible(host, namespace);
    }

    public List<Rule> rules() {
        return rules;
    }

    /**
     * A TLSRoute or TCPRoute as one rule for all hosts of its parents in the mesh, those that are not there included. The
     * model itself has a rule for each host.
     */
    public Rule asWritten(Resource<ConnectionRoute> route) {
        return routes.asWritten(route);
    }

    /** The outbound part of what istiod sends to the sidecar of a workload. */
    public ProxyConfiguration sidecar(Workload workload) {
        SidecarScope scope = SidecarScope.of(registry, rules, resources.sidecars(), options, workload);
        RouteChains chains = new RouteChains(scope, workload, options.clusterDomain());
        return new ProxyConfiguration(
                scope.byName(),
                byName(OutboundListeners.of(scope, chains)),
                Clusters.of(scope.hosts(), destinationRules, workload, Cluster.Type.ORIGINAL_DST),
                RequestRoutes.of(scope, workload));
    }

    /** What istiod sends to a gateway's proxy: a workload that Gateways select by its labels. */
    public ProxyConfiguration gateway(Workload workload) {
        SidecarScope scope = SidecarScope.ofGateway(registry, options, workload.namespace());
        RouteChains chains = new RouteChains(scope, workload, options.clusterDomain());
        Map<String, Cluster> clusters =
                new LinkedHashMap<>(Clusters.of(scope.hosts(), destinationRules, workload, Cluster.Type.EDS));
        List<Resource<Gateway>> own = resources.gateways().stream()
                .filter(gateway -> workload.hasLabels(gateway.spec().selector()))
                .toList();
        List<Listener> listeners =
                new GatewayListeners(scope, rules, workload, chains, List.copyOf(clusters.values())).of(own);
        if (own.stream().flatMap(gateway -> gateway.spec().servers().stream()).anyMatch(AutoPassthrough::is)) {
            clusters.putAll(AutoPassthrough.clusters(List.copyOf(clusters.values())));
        }
        return new ProxyConfiguration(scope.byName(), byName(listeners), clusters, Map.of());
    }

    /** The waypoint that connections to a host pass in an ambient mesh, whether a manifest has it or only its name. */
    public Optional<WaypointKey> waypointOf(RegisteredHost host) {
        return waypoints.of(host);
    }

    /** What istiod sends to a waypoint. */
    public WaypointConfiguration waypoint(WaypointKey key) {
        Map<Hostname, RegisteredHost> served = new LinkedHashMap<>();
        registry.hosts().stream()
                .filter(host -> waypoints.of(host).filter(key::equals).isPresent())
                .forEach(host -> served.putIfAbsent(host.hostname(), host));
        Workload workload = new Workload(key.namespace(), Map.of());
        SidecarScope scope = SidecarScope.ofGateway(registry, options, key.namespace());
        return new WaypointProxy(
                        key, scope, served, EgressListener.inOrderOfVisibility(rules, key.namespace(), Rule.MESH))
                .configuration(WaypointClusters.of(served, scope, rules, destinationRules, workload));
    }

    private static Map<String, Listener> byName(List<Listener> listeners) {
        Map<String, Listener> byName = new LinkedHashMap<>();
        listeners.forEach(listener -> byName.put(listener.name(), listener));
        return byName;
    }
}
