package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.resource.DestinationRule.ClientTls;
import dev.databasetraffic.mesh.resource.DestinationRule.Subset;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of a waypoint (cluster_waypoint.go, waypoint.go): those of the hosts that it serves, by what their ports
 * carry, and those of hosts that rules for them send to.
 */
final class WaypointClusters {

    private final DestinationRules destinationRules;
    private final Workload workload;
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();

    private WaypointClusters(DestinationRules destinationRules, Workload workload) {
        this.destinationRules = destinationRules;
        this.workload = workload;
    }

    static Map<String, Cluster> of(
            Map<Hostname, RegisteredHost> served,
            SidecarScope scope,
            List<Rule> rules,
            DestinationRules destinationRules,
            Workload workload) {
        WaypointClusters inbound = new WaypointClusters(destinationRules, workload);
        served.values().forEach(inbound::add);
        Set<Hostname> led = rules.stream()
                .filter(rule -> rule.gateways().contains(Rule.MESH))
                .filter(rule -> rule.hosts().stream().anyMatch(served::containsKey))
                .flatMap(rule -> rule.destinations(route -> true)
                        .map(each -> rule.destination(each.destination().host())))
                .collect(Collectors.toSet());
        Collection<RegisteredHost> outbound = scope.hosts().stream()
                .filter(host -> led.contains(host.hostname()))
                .filter(host -> !served.containsKey(host.hostname()) || host.external())
                .toList();
        inbound.clusters.putAll(Clusters.of(outbound, destinationRules, workload, Cluster.Type.ORIGINAL_DST));
        return inbound.clusters;
    }

    /** @param part {@code tcp} or {@code http}, with the subset if there is one */
    static String name(String part, Hostname host, int port) {
        return "inbound-vip|" + port + "|" + part + "|" + host;
    }

    /** TLS to whatever name a client gives is not taken on without a setting of istiod's. */
    static boolean isLeftOut(RegisteredHost host, RegisteredHost.Port port) {
        return host.resolution() == RegisteredHost.Resolution.DYNAMIC_DNS
                && host.hostname().isWildcard()
                && port.protocol().isTls();
    }

    private void add(RegisteredHost host) {
        DestinationRules.Merged rule = destinationRules.of(host, workload);
        for (RegisteredHost.Port port : host.ports()) {
            if (isLeftOut(host, port)) {
                continue;
            }
            boolean sniffed = port.protocol() == Protocol.SNIFFED;
            if (sniffed || port.protocol().isTcp()) {
                add(host, port, "tcp", rule);
            }
            if (sniffed || port.protocol().isHttp()) {
                add(host, port, "http", rule);
            }
        }
    }

    private void add(
            RegisteredHost host, RegisteredHost.Port port, String part, DestinationRules.@Nullable Merged rule) {
        add(host, port, part, rule, null);
        if (rule != null) {
            rule.subsets().forEach(subset -> add(host, port, part + "/" + subset.name(), rule, subset));
        }
    }

    private void add(
            RegisteredHost host,
            RegisteredHost.Port port,
            String part,
            DestinationRules.@Nullable Merged rule,
            @Nullable Subset subset) {
        Cluster.Type type = Clusters.type(host, port, Cluster.Type.ORIGINAL_DST);
        ClientTls tls = rule == null ? null : rule.tls(subset, port.number());
        if (type != null) {
            String name = name(part, host.hostname(), port.number());
            clusters.put(
                    name,
                    new Cluster(
                            name,
                            type,
                            tls != null && Set.of("SIMPLE", "MUTUAL").contains(tls.mode()) ? tls.mode() : null,
                            tls == null ? "" : tls.sni(),
                            host,
                            port.number(),
                            rule == null
                                    ? List.of()
                                    : rule.from().stream()
                                            .map(Resource::manifest)
                                            .toList()));
        }
    }
}
