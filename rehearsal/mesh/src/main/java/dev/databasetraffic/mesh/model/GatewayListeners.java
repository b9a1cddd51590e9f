package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.resource.Gateway;
import dev.databasetraffic.mesh.resource.Gateway.Server;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.Sidecar;
import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import dev.databasetraffic.mesh.resource.VirtualService.TcpRoute;
import dev.databasetraffic.mesh.resource.VirtualService.TlsMatch;
import dev.databasetraffic.mesh.resource.VirtualService.TlsRoute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The listeners of a gateway's proxy (gateway.go): a server of a Gateway without TLS, or one that ends it, reads the
 * {@code tcp} routes of the rules that are bound to the Gateway; one that passes TLS through reads the {@code tls} routes.
 * A server that no route is for is left out.
 */
final class GatewayListeners {

    private static final String PASSTHROUGH = "PASSTHROUGH";

    private final SidecarScope scope;
    private final List<Rule> rules;
    private final Workload workload;
    private final RouteChains routes;
    private final Collection<Cluster> clusters;
    private final Map<Key, List<FilterChain>> chains = new LinkedHashMap<>();
    private final Map<Key, Protocol> plaintext = new HashMap<>();
    private final Map<Key, Set<String>> servedHosts = new HashMap<>();
    private final Map<Key, Set<String>> routedNames = new HashMap<>();

    private record Key(String bind, int port) {}

    GatewayListeners(
            SidecarScope scope, List<Rule> rules, Workload workload, RouteChains routes, Collection<Cluster> clusters) {
        this.clusters = clusters;
        this.scope = scope;
        this.rules = rules;
        this.workload = workload;
        this.routes = routes;
    }

    /** @param gateways those of the workload, the oldest first */
    List<Listener> of(List<Resource<Gateway>> gateways) {
        gateways.forEach(gateway -> gateway.spec().servers().forEach(server -> add(gateway, server)));
        return chains.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new Listener(entry.getKey().bind(), entry.getKey().port(), entry.getValue(), null))
                .sorted(Listener.BY_NAME)
                .toList();
    }

    private void add(Resource<Gateway> gateway, Server server) {
        if (server.port() == null) {
            return;
        }
        Protocol protocol = Protocol.of(server.port().protocol());
        String bind = server.bind().isEmpty() ? RegisteredHost.UNSPECIFIED : server.bind();
        Key key = new Key(bind, targetPort(server.port().number()));
        List<FilterChain> listener = chains.computeIfAbsent(key, each -> new ArrayList<>());
        List<String> hosts = hosts(server, gateway.namespace());
        if (server.tls() != null) {
            Set<String> served = servedHosts.computeIfAbsent(key, each -> new HashSet<>());
            boolean repeated = hosts.stream().anyMatch(served::contains);
            served.addAll(hosts);
            if (repeated) {
                return;
            }
        } else {
            Protocol first = plaintext.putIfAbsent(key, protocol);
            if (first != null) {
                // Plain HTTP servers of a port are one; anything else gives way to who came first.
                return;
            }
        }
        if (protocol.isHttp()) {
            listener.add(http(gateway, server, List.of()));
        } else if (protocol == Protocol.HTTPS && server.tls() != null && !passesThrough(server)) {
            listener.add(http(gateway, server, names(hosts)));
        } else if (server.tls() == null) {
            listener.addAll(tcp(gateway, server, hosts, List.of()));
        } else if (AutoPassthrough.is(server)) {
            listener.addAll(AutoPassthrough.chains(clusters, names(hosts), served(gateway, server)));
        } else if (passesThrough(server)) {
            listener.addAll(tls(gateway, server, hosts, key));
        } else {
            listener.addAll(tcp(gateway, server, hosts, names(hosts)));
        }
    }

    /** Gateways name the port of a Service in front of the proxy; the proxy listens where that Service sends to. */
    private int targetPort(int number) {
        return scope.hosts().stream()
                .filter(host -> host.isKubernetes() && host.namespace().equals(workload.namespace()))
                .filter(host -> !host.selector().isEmpty() && workload.hasLabels(host.selector()))
                .map(host -> host.port(number))
                .filter(port -> port != null && port.targetPort() != 0)
                .map(RegisteredHost.Port::targetPort)
                .findFirst()
                .orElse(number);
    }

    private static boolean passesThrough(Server server) {
        return server.tls() != null && server.tls().mode().endsWith(PASSTHROUGH);
    }

    /** As NAMESPACE/HOST where only that namespace's rules count, else as HOST. */
    private static List<String> hosts(Server server, String namespace) {
        return server.hosts().stream()
                .map(host -> host.startsWith("./") ? namespace + host.substring(1) : host)
                .map(host -> host.startsWith("*/") ? host.substring(2) : host)
                .toList();
    }

    private static List<String> names(List<String> hosts) {
        return hosts.stream()
                .map(host -> host.substring(host.indexOf('/') + 1))
                .distinct()
                .toList();
    }

    private FilterChain http(Resource<Gateway> gateway, Server server, List<String> names) {
        RegisteredHost.Port port = port(server);
        String route = names.isEmpty()
                ? "http." + targetPort(port.number())
                : "https." + port.number() + "." + port.name() + "." + gateway.name() + "." + gateway.namespace();
        return new FilterChain(names, List.of(), false, List.of(), new Target.Http(route), served(gateway, server));
    }

    private static Origin served(Resource<Gateway> gateway, Server server) {
        return new Origin.Served(gateway.manifest(), gateway.spec().servers().indexOf(server));
    }

    private List<FilterChain> tcp(Resource<Gateway> gateway, Server server, List<String> hosts, List<String> names) {
        for (Rule rule : boundTo(gateway, hosts)) {
            List<TcpRoute> tcp = rule.spec().tcp();
            for (int i = 0; i < tcp.size(); i++) {
                TcpRoute route = tcp.get(i);
                int match = first(route.match(), rule, gateway, server);
                if (!route.route().isEmpty() && (route.match().isEmpty() || match >= 0)) {
                    return List.of(new FilterChain(
                            names,
                            List.of(),
                            false,
                            List.of(),
                            routes.target(rule, route.route(), port(server)),
                            new Origin.Route(rule.manifest(), Origin.Section.TCP, i, match)));
                }
            }
        }
        return List.of();
    }

    private List<FilterChain> tls(Resource<Gateway> gateway, Server server, List<String> hosts, Key key) {
        List<FilterChain> found = new ArrayList<>();
        Set<String> taken = routedNames.computeIfAbsent(key, each -> new HashSet<>());
        for (Rule rule : boundTo(gateway, hosts)) {
            List<TlsRoute> tls = rule.spec().tls();
            for (int i = 0; i < tls.size(); i++) {
                for (int j = 0; j < tls.get(i).match().size(); j++) {
                    TlsMatch match = tls.get(i).match().get(j);
                    if (tls.get(i).route().isEmpty() || !isFor(match, rule, gateway, server)) {
                        continue;
                    }
                    boolean repeated = match.sniHosts().stream().anyMatch(taken::contains);
                    taken.addAll(match.sniHosts());
                    if (!repeated) {
                        found.add(new FilterChain(
                                match.sniHosts(),
                                List.of(),
                                false,
                                List.of(),
                                routes.target(rule, tls.get(i).route(), port(server)),
                                new Origin.Route(rule.manifest(), Origin.Section.TLS, i, j)));
                    }
                }
            }
        }
        return found;
    }

    /** The rules that are bound to the Gateway and share a host with the server. */
    private List<Rule> boundTo(Resource<Gateway> gateway, List<String> hosts) {
        return EgressListener.inOrderOfVisibility(rules, workload.namespace(), gateway.key()).stream()
                .filter(rule -> rule.hosts().stream()
                        .anyMatch(host -> hosts.stream().anyMatch(served -> serves(served, host, rule.namespace()))))
                .toList();
    }

    private static boolean serves(String served, Hostname host, String namespace) {
        int slash = served.indexOf('/');
        return (slash < 0 || served.substring(0, slash).equals(namespace))
                && new Hostname(served.substring(slash + 1)).overlaps(host);
    }

    private static int first(List<? extends StaticMatch> matches, Rule rule, Resource<Gateway> gateway, Server server) {
        for (int i = 0; i < matches.size(); i++) {
            if (isFor(matches.get(i), rule, gateway, server)) {
                return i;
            }
        }
        return -1;
    }

    /** A gateway heeds the port and the gateways of a match, and nothing of whom the traffic comes from. */
    private static boolean isFor(StaticMatch match, Rule rule, Resource<Gateway> gateway, Server server) {
        return (match.port() == 0 || match.port() == port(server).number())
                && (match.gateways().isEmpty()
                        || match.gateways().stream()
                                .map(each -> Rule.gateway(each, rule.namespace()))
                                .anyMatch(gateway.key()::equals));
    }

    private static RegisteredHost.Port port(Server server) {
        Sidecar.Port port = Objects.requireNonNull(server.port());
        return new RegisteredHost.Port(port.number(), port.name(), Protocol.of(port.protocol()), 0);
    }
}
