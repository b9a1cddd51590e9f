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
        return new MeshModel(Resources.of(manifests), options);
    }

    /** The outbound part of what istiod sends to the sidecar of a workload. */
    public ProxyConfiguration sidecar(Workload workload) {
        SidecarScope scope = SidecarScope.of(registry, rules, resources.sidecars(), options, workload);
        RouteChains routes = new RouteChains(scope, workload, options.clusterDomain());
        Map<String, Listener> listeners = new LinkedHashMap<>();
        OutboundListeners.of(scope, routes).forEach(listener -> listeners.put(listener.name(), listener));
        return new ProxyConfiguration(listeners, Clusters.of(scope.hosts(), destinationRules, workload));
    }

    /** What speaks of traffic and is not modelled, to be named wherever the model is asked. */
    public List<Manifest> unread() {
        return resources.unread();
    }
}
