package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.model.Target.Share;
import dev.databasetraffic.mesh.resource.Destination;
import dev.databasetraffic.mesh.resource.VirtualService.TcpMatch;
import dev.databasetraffic.mesh.resource.VirtualService.TcpRoute;
import dev.databasetraffic.mesh.resource.VirtualService.TlsMatch;
import dev.databasetraffic.mesh.resource.VirtualService.TlsRoute;
import dev.databasetraffic.mesh.resource.VirtualService.Weighted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The filter chains of one host's port (tls.go): a port that carries TLS reads the {@code tls} routes of rules alone, any
 * other port the {@code tcp} routes alone, and where no route applies the host has a chain to itself.
 */
final class RouteChains {

    /** istiod's name for a destination that says nothing. */
    static final String UNKNOWN = "UnknownService";

    private final SidecarScope scope;
    private final Workload workload;
    private final String clusterDomain;

    RouteChains(SidecarScope scope, Workload workload, String clusterDomain) {
        this.scope = scope;
        this.workload = workload;
        this.clusterDomain = clusterDomain;
    }

    /**
     * @param ranges the host's addresses if they are a range, else empty
     * @param bind the address that the listener has
     */
    List<FilterChain> of(
            RegisteredHost host, RegisteredHost.Port port, Collection<Rule> rules, List<String> ranges, String bind) {
        List<Rule> ofHost =
                rules.stream().filter(rule -> rule.names(host.hostname())).toList();
        return port.protocol().isTls() ? tls(host, port, ofHost, ranges, bind) : tcp(host, port, ofHost, ranges);
    }

    private List<FilterChain> tls(
            RegisteredHost host, RegisteredHost.Port port, List<Rule> rules, List<String> hostRanges, String bind) {
        List<FilterChain> chains = new ArrayList<>();
        Set<List<Object>> handled = new HashSet<>();
        List<String> ranges = hostRanges;
        for (Rule rule : rules) {
            List<TlsRoute> routes = rule.spec().tls();
            for (int i = 0; i < routes.size(); i++) {
                TlsRoute route = routes.get(i);
                if (route.route().isEmpty()) {
                    continue;
                }
                for (int j = 0; j < route.match().size(); j++) {
                    TlsMatch match = route.match().get(j);
                    if (!rule.applies(match, Rule.MESH, port.number(), workload)) {
                        continue;
                    }
                    if (!match.destinationSubnets().isEmpty()) {
                        ranges = match.destinationSubnets();
                    }
                    // A second match for the same names and ranges can never be reached.
                    if (handled.add(List.of(match.sniHosts(), match.destinationSubnets()))) {
                        chains.add(new FilterChain(
                                match.sniHosts(),
                                List.of(),
                                false,
                                ranges,
                                target(rule, route.route(), port),
                                new Origin.Route(rule.manifest(), Origin.Section.TLS, i, j)));
                    }
                }
            }
        }
        if (chains.isEmpty()) {
            chains.add(new FilterChain(
                    ownServerNames(host, ranges, bind),
                    List.of(),
                    false,
                    ranges,
                    own(host, port),
                    new Origin.Declared(host)));
        }
        return chains;
    }

    /** The server name tells hosts apart only where the address does not. */
    private List<String> ownServerNames(RegisteredHost host, List<String> ranges, String bind) {
        boolean sharedAddress = !ranges.isEmpty()
                || host.isRange()
                || host.address().equals(RegisteredHost.UNSPECIFIED) && bind.equals(RegisteredHost.UNSPECIFIED)
                || host.hostname().isWildcard() && host.resolution() == RegisteredHost.Resolution.DYNAMIC_DNS;
        if (!sharedAddress) {
            return List.of();
        }
        List<String> names = new ArrayList<>(List.of(host.hostname().value()));
        for (Hostname alias : host.aliases()) {
            names.addAll(alias.spellings(workload.namespace(), clusterDomain));
        }
        return names;
    }

    private List<FilterChain> tcp(
            RegisteredHost host, RegisteredHost.Port port, List<Rule> rules, List<String> ranges) {
        List<FilterChain> chains = new ArrayList<>();
        boolean replaced = false;
        for (Rule rule : rules) {
            List<TcpRoute> routes = rule.spec().tcp();
            for (int i = 0; i < routes.size(); i++) {
                TcpRoute route = routes.get(i);
                if (route.route().isEmpty()) {
                    continue;
                }
                int match = route.match().isEmpty() ? -1 : firstForAnyAddress(rule, route, port);
                if (route.match().isEmpty() || match >= 0) {
                    chains.add(tcpChain(rule, i, match, ranges, port));
                    return chains;
                }
                List<String> subnets = subnets(rule, route, port);
                if (!subnets.isEmpty()) {
                    chains.add(tcpChain(rule, i, 0, subnets, port));
                    replaced |= sorted(subnets).equals(sorted(ranges));
                }
            }
        }
        if (!replaced) {
            chains.add(
                    new FilterChain(List.of(), List.of(), false, ranges, own(host, port), new Origin.Declared(host)));
        }
        return chains;
    }

    private FilterChain tcpChain(Rule rule, int route, int match, List<String> ranges, RegisteredHost.Port port) {
        return new FilterChain(
                List.of(),
                List.of(),
                false,
                ranges,
                target(rule, rule.spec().tcp().get(route).route(), port),
                new Origin.Route(rule.manifest(), Origin.Section.TCP, route, match));
    }

    private int firstForAnyAddress(Rule rule, TcpRoute route, RegisteredHost.Port port) {
        for (int i = 0; i < route.match().size(); i++) {
            TcpMatch match = route.match().get(i);
            if (match.destinationSubnets().isEmpty() && rule.applies(match, Rule.MESH, port.number(), workload)) {
                return i;
            }
        }
        return -1;
    }

    private List<String> subnets(Rule rule, TcpRoute route, RegisteredHost.Port port) {
        return route.match().stream()
                .filter(match -> rule.applies(match, Rule.MESH, port.number(), workload))
                .flatMap(match -> match.destinationSubnets().stream())
                .toList();
    }

    private static List<String> sorted(List<String> list) {
        return list.stream().sorted().toList();
    }

    /** A host with one port has its own cluster also where a Sidecar listens on another. */
    static Target own(RegisteredHost host, RegisteredHost.Port port) {
        int number = host.ports().size() == 1 ? host.ports().get(0).number() : port.number();
        return Target.Clusters.single(host.cluster("", number));
    }

    Target target(Rule rule, List<Weighted> route, RegisteredHost.Port port) {
        return target(route, destination -> cluster(rule, destination, port.number()));
    }

    /** A single destination needs no weight; among several, one without a weight gets nothing. */
    static Target target(List<Weighted> route, Function<Destination, String> cluster) {
        if (route.size() == 1) {
            return Target.Clusters.single(cluster.apply(route.get(0).destination()));
        }
        return new Target.Clusters(route.stream()
                .filter(each -> each.weight() > 0)
                .map(each -> new Share(cluster.apply(each.destination()), each.weight()))
                .toList());
    }

    private String cluster(Rule rule, Destination destination, int listenerPort) {
        return clusterName(rule, destination, listenerPort, scope.host(rule.destination(destination.host())));
    }

    /** The cluster that istiod names for a destination, whether it exists or not (route.go, GetDestinationCluster). */
    static String clusterName(Rule rule, Destination destination, int listenerPort, @Nullable RegisteredHost host) {
        Hostname name = rule.destination(destination.host());
        if (name.value().isEmpty()) {
            return UNKNOWN;
        }
        Hostname behind = host != null && host.aliasOf() != null ? host.aliasOf() : name;
        return Cluster.name(destination.subset(), behind, port(destination, listenerPort, host));
    }

    /** The port that a destination means: the one it names, the only one there is, or the one that was matched. */
    static int port(Destination destination, int listenerPort, @Nullable RegisteredHost host) {
        if (destination.portNumber() != 0) {
            return destination.portNumber();
        }
        return host != null && host.ports().size() == 1 ? host.ports().get(0).number() : listenerPort;
    }
}
