package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.resource.Destination;
import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import dev.databasetraffic.mesh.resource.VirtualService.TcpRoute;
import dev.databasetraffic.mesh.resource.VirtualService.TlsRoute;
import dev.databasetraffic.mesh.resource.VirtualService.Weighted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a waypoint routes (listener_waypoint.go): it reads rules in the namespaces of the host and of itself, {@code tls}
 * routes before {@code tcp} routes whatever the port carries, and knows neither ranges of addresses nor who calls.
 */
final class WaypointProxy {

    /** Of a caller it knows nothing. */
    private static final Workload UNKNOWN_CALLER = new Workload("", Map.of());

    private final WaypointKey key;
    private final SidecarScope scope;
    private final Map<Hostname, RegisteredHost> served;
    private final List<Rule> rules;
    private final List<WaypointChain> chains = new ArrayList<>();
    private final Map<String, List<RequestRoute>> requests = new LinkedHashMap<>();

    /** @param rules those of the mesh, in the order in which the waypoint's namespace sees them */
    WaypointProxy(WaypointKey key, SidecarScope scope, Map<Hostname, RegisteredHost> served, List<Rule> rules) {
        this.key = key;
        this.scope = scope;
        this.served = served;
        this.rules = rules;
    }

    WaypointConfiguration configuration(Map<String, Cluster> clusters) {
        served.values().forEach(host -> host.ports().forEach(port -> add(host, port)));
        return new WaypointConfiguration(chains, clusters, requests);
    }

    private void add(RegisteredHost host, RegisteredHost.Port port) {
        if (port.protocol() == Protocol.UDP || WaypointClusters.isLeftOut(host, port)) {
            return;
        }
        List<Rule> ofHost = rules.stream()
                .filter(rule -> rule.namespace().equals(key.namespace())
                        || rule.namespace().equals(host.namespace()))
                .filter(rule -> rule.names(host.hostname()))
                .toList();
        if (!port.protocol().isHttp()) {
            chains.add(bytes(host, port, ofHost));
        }
        if (port.protocol().isHttp() || port.protocol() == Protocol.SNIFFED) {
            String name = WaypointClusters.name("http", host.hostname(), port.number());
            chains.add(new WaypointChain(name, host, port, new Target.Http(name), new Origin.Declared(host)));
            requests.put(name, requests(name, host, port.number(), ofHost));
        }
    }

    private WaypointChain bytes(RegisteredHost host, RegisteredHost.Port port, List<Rule> ofHost) {
        String name = WaypointClusters.name("tcp", host.hostname(), port.number());
        return ofHost.stream()
                .flatMap(rule -> tls(rule, host, port.number()).stream())
                .findFirst()
                .or(() -> ofHost.stream()
                        .flatMap(rule -> tcp(rule, port.number()).stream())
                        .findFirst())
                .map(read -> new WaypointChain(
                        name,
                        host,
                        port,
                        RouteChains.target(read.route(), to -> cluster(read.rule(), to, port.number())),
                        read.origin()))
                .orElseGet(() ->
                        new WaypointChain(name, host, port, Target.Clusters.single(name), new Origin.Declared(host)));
    }

    private record Read(Rule rule, List<Weighted> route, Origin origin) {}

    private static Optional<Read> tls(Rule rule, RegisteredHost host, int port) {
        List<TlsRoute> routes = rule.spec().tls();
        return IntStream.range(0, routes.size())
                .mapToObj(i -> read(
                        rule,
                        Origin.Section.TLS,
                        i,
                        routes.get(i).match(),
                        routes.get(i).route(),
                        match ->
                                match.sniHosts().equals(List.of(host.hostname().value())) && isRead(rule, match, port)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Read> tcp(Rule rule, int port) {
        List<TcpRoute> routes = rule.spec().tcp();
        return IntStream.range(0, routes.size())
                .mapToObj(i -> read(
                        rule,
                        Origin.Section.TCP,
                        i,
                        routes.get(i).match(),
                        routes.get(i).route(),
                        match -> isRead(rule, match, port)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static <M extends StaticMatch> Optional<Read> read(
            Rule rule, Origin.Section section, int index, List<M> matches, List<Weighted> route, Predicate<M> takes) {
        IntStream taking = matches.isEmpty()
                ? IntStream.of(-1)
                : IntStream.range(0, matches.size()).filter(i -> takes.test(matches.get(i)));
        return taking.mapToObj(match -> new Read(rule, route, new Origin.Route(rule.manifest(), section, index, match)))
                .findFirst();
    }

    private static boolean isRead(Rule rule, StaticMatch match, int port) {
        return rule.applies(match, Rule.MESH, port, UNKNOWN_CALLER);
    }

    /** The label of a caller is not known to it; its namespace it takes for the waypoint's own. */
    private List<RequestRoute> requests(String name, RegisteredHost host, int port, List<Rule> ofHost) {
        Workload caller = new Workload(key.namespace(), Map.of());
        List<RequestRoute> found = ofHost.stream()
                .flatMap(rule -> RequestRoutes.ofRule(rule, port, caller, to -> cluster(rule, to, port)).stream())
                .toList();
        return found.isEmpty()
                ? List.of(new RequestRoute(false, List.of(new Target.Share(name, 1)), new Origin.Declared(host)))
                : found;
    }

    /** Hosts that it serves it reaches by clusters of its own, and so it does what nobody declares. */
    private String cluster(Rule rule, Destination destination, int listenerPort) {
        Hostname name = rule.destination(destination.host());
        if (name.value().isEmpty()) {
            return RouteChains.UNKNOWN;
        }
        @Nullable RegisteredHost host = scope.host(name);
        int port = RouteChains.port(destination, listenerPort, host);
        if (host != null && !served.containsKey(name)) {
            return Cluster.name(destination.subset(), name, port);
        }
        RegisteredHost.Port declared = host == null ? null : host.port(port);
        boolean bytes = declared != null && !declared.protocol().isHttp() && declared.protocol() != Protocol.SNIFFED;
        return WaypointClusters.name(
                (bytes ? "tcp" : "http") + (destination.subset().isEmpty() ? "" : "/" + destination.subset()),
                name,
                port);
    }
}
