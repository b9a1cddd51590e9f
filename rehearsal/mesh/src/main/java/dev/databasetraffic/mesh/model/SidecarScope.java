package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.model.MeshOptions.OutboundTraffic;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.Sidecar;
import dev.databasetraffic.mesh.resource.Sidecar.OutboundTrafficPolicy;
import dev.databasetraffic.mesh.resource.VirtualService.HttpMatch;
import dev.databasetraffic.mesh.resource.VirtualService.HttpRoute;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of the mesh that one workload's sidecar is told of (sidecar.go). */
final class SidecarScope {

    private final List<EgressListener> egress;
    private final OutboundTraffic outboundTraffic;
    private final Map<Hostname, RegisteredHost> hosts = new LinkedHashMap<>();

    private SidecarScope(List<EgressListener> egress, OutboundTraffic outboundTraffic) {
        this.egress = egress;
        this.outboundTraffic = outboundTraffic;
    }

    static SidecarScope of(
            ServiceRegistry registry,
            List<Rule> rules,
            List<Resource<Sidecar>> sidecars,
            MeshOptions options,
            Workload workload) {
        Sidecar sidecar = sidecar(sidecars, options, workload);
        String namespace = workload.namespace();
        List<EgressListener> egress = sidecar == null || sidecar.egress().isEmpty()
                ? List.of(EgressListener.everything(registry, rules, namespace))
                : sidecar.egress().stream()
                        .map(each -> EgressListener.of(each, registry, rules, namespace))
                        .toList();
        SidecarScope scope = new SidecarScope(egress, outboundTraffic(sidecar, options));
        scope.collect(registry, namespace);
        return scope;
    }

    /** What the proxy of a gateway is told of: all that its namespace sees. */
    static SidecarScope ofGateway(ServiceRegistry registry, MeshOptions options, String namespace) {
        SidecarScope scope = new SidecarScope(List.of(), options.outboundTraffic());
        registry.visibleIn(namespace).forEach(scope::add);
        return scope;
    }

    List<EgressListener> egress() {
        return egress;
    }

    OutboundTraffic outboundTraffic() {
        return outboundTraffic;
    }

    Map<Hostname, RegisteredHost> byName() {
        return hosts;
    }

    Collection<RegisteredHost> hosts() {
        return hosts.values();
    }

    /** @return null if the sidecar is not told of it */
    @Nullable
    RegisteredHost host(Hostname hostname) {
        return hosts.get(hostname);
    }

    /** One with a selector that fits, then the namespace's, then the root namespace's. */
    private static @Nullable Sidecar sidecar(List<Resource<Sidecar>> sidecars, MeshOptions options, Workload workload) {
        return Stream.concat(
                        sidecars.stream()
                                .filter(each -> each.namespace().equals(workload.namespace()))
                                .filter(each -> selects(each.spec(), workload))
                                .sorted(Comparator.comparing(each -> each.spec().workloadSelector() == null)),
                        sidecars.stream()
                                .filter(each -> each.namespace().equals(options.rootNamespace()))
                                .filter(each -> each.spec().workloadSelector() == null))
                .map(Resource::spec)
                .findFirst()
                .orElse(null);
    }

    private static boolean selects(Sidecar sidecar, Workload workload) {
        return sidecar.workloadSelector() == null
                || workload.hasLabels(sidecar.workloadSelector().labels());
    }

    private static OutboundTraffic outboundTraffic(@Nullable Sidecar sidecar, MeshOptions options) {
        OutboundTrafficPolicy own = sidecar == null ? null : sidecar.outboundTrafficPolicy();
        return own == null
                ? options.outboundTraffic()
                : own.mode().equals("REGISTRY_ONLY") ? OutboundTraffic.REGISTRY_ONLY : OutboundTraffic.ALLOW_ANY;
    }

    /** What is imported by name, then what the imported rules send to, wherever that is declared. */
    private void collect(ServiceRegistry registry, String namespace) {
        for (EgressListener listener : egress) {
            listener.hosts().forEach(this::add);
            for (Rule rule : listener.rules()) {
                destinations(rule, namespace).forEach((hostname, ports) -> {
                    RegisteredHost host = bestOf(registry.named(hostname), registry, namespace);
                    RegisteredHost narrowed = host == null ? null : narrowed(host, listener, ports);
                    if (narrowed != null) {
                        add(narrowed);
                    }
                });
            }
        }
    }

    private static @Nullable RegisteredHost narrowed(RegisteredHost host, EgressListener listener, Set<Integer> ports) {
        if (EgressListener.matchesPort(listener.egress())
                && listener.egress() != null
                && listener.egress().port() != null) {
            RegisteredHost.Port port = host.port(listener.egress().port().number());
            return port == null ? null : host.withPorts(List.of(port));
        }
        if (ports.contains(0)) {
            return host;
        }
        List<RegisteredHost.Port> named = host.ports().stream()
                .filter(port -> ports.contains(port.number()))
                .toList();
        return named.isEmpty() ? null : host.withPorts(named);
    }

    private static @Nullable RegisteredHost bestOf(
            Map<String, RegisteredHost> byNamespace, ServiceRegistry registry, String namespace) {
        if (byNamespace.containsKey(namespace)) {
            return byNamespace.get(namespace);
        }
        return byNamespace.values().stream()
                .filter(host -> registry.isVisible(host, namespace))
                .min(Comparator.comparing((RegisteredHost host) -> !host.isKubernetes())
                        .thenComparing(RegisteredHost.BY_AGE))
                .orElse(null);
    }

    private void add(RegisteredHost host) {
        hosts.merge(host.hostname(), host, (existing, other) -> {
            if (existing.isKubernetes() != other.isKubernetes()) {
                return existing.isKubernetes() ? existing : other;
            }
            return existing.equals(other) || existing.hasSamePorts(other) || !existing.isMergeableWith(other)
                    ? existing
                    : existing.mergedWith(other);
        });
    }

    /** The hosts that a rule sends to, each with the ports that it names, 0 for a destination without one. */
    private static Map<Hostname, Set<Integer>> destinations(Rule rule, String namespace) {
        Map<Hostname, Set<Integer>> destinations = new LinkedHashMap<>();
        rule.destinations(route -> isForNamespace(route, namespace))
                .forEach(weighted -> destinations
                        .computeIfAbsent(rule.destination(weighted.destination().host()), name -> new TreeSet<>())
                        .add(weighted.destination().portNumber()));
        return destinations;
    }

    private static boolean isForNamespace(HttpRoute route, String namespace) {
        List<String> named = route.match().stream()
                .map(HttpMatch::sourceNamespace)
                .filter(name -> !name.isEmpty())
                .toList();
        return named.isEmpty() || named.contains(namespace);
    }
}
