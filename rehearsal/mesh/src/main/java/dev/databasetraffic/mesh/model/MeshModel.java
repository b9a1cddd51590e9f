package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.resource.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mesh, made of manifests: asked about a workload it says what that workload's proxy does. */
public final class MeshModel {

    private final Resources resources;
    private final MeshOptions options;
    private final ServiceRegistry registry;
    private final List<Rule> rules;
    private final DestinationRules destinationRules;

    private MeshModel(Resources resources, MeshOptions options) {
        this.resources = resources;
        this.options = options;
        this.registry = ServiceRegistry.of(resources, options);
        this.rules = resources.virtualServices().stream()
                .map(rule -> Rule.of(rule, options))
                .toList();
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

    /** The outbound part of what istiod sends to the sidecar of a workload. */
    public ProxyConfiguration sidecar(Workload workload) {
        SidecarScope scope = SidecarScope.of(registry, rules, resources.sidecars(), options, workload);
        RouteChains routes = new RouteChains(scope, workload, options.clusterDomain());
        return new ProxyConfiguration(
                scope.byName(),
                byName(OutboundListeners.of(scope, routes)),
                Clusters.of(scope.hosts(), destinationRules, workload, Cluster.Type.ORIGINAL_DST),
                RequestRoutes.of(scope, workload));
    }

    /** What istiod sends to a gateway's proxy: a workload that Gateways select by its labels. */
    public ProxyConfiguration gateway(Workload workload) {
        SidecarScope scope = SidecarScope.ofGateway(registry, options, workload.namespace());
        RouteChains routes = new RouteChains(scope, workload, options.clusterDomain());
        return new ProxyConfiguration(
                scope.byName(),
                byName(new GatewayListeners(scope, rules, workload, routes).of(resources.gateways())),
                Clusters.of(scope.hosts(), destinationRules, workload, Cluster.Type.EDS),
                Map.of());
    }

    private static Map<String, Listener> byName(List<Listener> listeners) {
        Map<String, Listener> byName = new LinkedHashMap<>();
        listeners.forEach(listener -> byName.put(listener.name(), listener));
        return byName;
    }

    /** What speaks of traffic and is not modelled, to be named wherever the model is asked. */
    public List<Manifest> unread() {
        return resources.unread();
    }
}
