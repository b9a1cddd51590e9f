package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.resource.Gateway;
import dev.databasetraffic.mesh.resource.Gateway.Server;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The proxy that a Gateway of the files is for, with all that touches its hosts.
 *
 * @param workload its namespace is that of the pods or the Service that the selector fits, the root namespace if the files
 *     have neither
 */
record GatewayView(Resource<Gateway> gateway, Workload workload, ProxyConfiguration proxy) {

    /** @return empty if the files do not have the Gateway */
    static Optional<GatewayView> of(CheckedMesh mesh, String name, Rule rule) {
        return Optional.ofNullable(mesh.gateways().get(name)).map(gateway -> of(mesh, gateway, rule));
    }

    private static GatewayView of(CheckedMesh mesh, Resource<Gateway> gateway, Rule rule) {
        Workload workload =
                new Workload(namespace(mesh, gateway), gateway.spec().selector());
        Set<Manifest> manifests = new LinkedHashSet<>();
        gateway.spec().servers().stream()
                .flatMap(server -> server.hosts().stream())
                .map(host -> new Hostname(host.substring(host.indexOf('/') + 1)))
                .forEach(host -> {
                    manifests.addAll(mesh.declarations(Stream.of(host)));
                    mesh.rulesOverlapping(host).stream()
                            .filter(each -> !each.manifest().replaces(rule.manifest()))
                            .forEach(each -> manifests.add(each.manifest()));
                });
        RouteUnit.all(rule).stream()
                .flatMap(unit -> unit.route().stream())
                .map(each -> rule.destination(each.destination().host()))
                .forEach(host -> manifests.addAll(mesh.declarations(Stream.of(host))));
        before(mesh, gateway).forEach(each -> manifests.add(each.manifest()));
        manifests.add(gateway.manifest());
        manifests.add(rule.manifest());
        MeshModel model = mesh.modelOf(manifests);
        return new GatewayView(gateway, workload, model.gateway(workload));
    }

    /**
     * Gateways for the same proxies that the files list earlier, and that have a server without TLS at a port where this one
     * has one too: istiod keeps the first alone, unless both are HTTP.
     */
    static List<Resource<Gateway>> before(CheckedMesh mesh, Resource<Gateway> gateway) {
        Set<Integer> ports = bytePorts(gateway);
        return ports.isEmpty()
                ? List.of()
                : mesh.gateways().values().stream()
                        .takeWhile(each -> each != gateway)
                        .filter(each ->
                                each.spec().selector().equals(gateway.spec().selector()))
                        .filter(each -> bytePorts(each).stream().anyMatch(ports::contains))
                        .toList();
    }

    private static Set<Integer> bytePorts(Resource<Gateway> gateway) {
        return gateway.spec().servers().stream()
                .filter(server -> server.port() != null && server.tls() == null && sectionOf(server) == Section.TCP)
                .map(server -> server.port().number())
                .collect(Collectors.toSet());
    }

    private static String namespace(CheckedMesh mesh, Resource<Gateway> gateway) {
        Map<String, String> selector = gateway.spec().selector();
        return Stream.concat(
                        mesh.workloads().stream()
                                .map(KnownWorkload::workload)
                                .filter(each -> each.hasLabels(selector))
                                .map(Workload::namespace),
                        mesh.model().hosts().stream()
                                .filter(RegisteredHost::isKubernetes)
                                .filter(host -> isBehind(host, selector))
                                .map(RegisteredHost::namespace))
                .findFirst()
                .orElse(mesh.options().rootNamespace());
    }

    /** Whether a Service leads to the proxies with these labels; one without selector in the files is told by its name. */
    static boolean isBehind(RegisteredHost host, Map<String, String> selector) {
        return host.selector().isEmpty()
                ? selector.values().stream().anyMatch(value -> host.name().equals("istio-" + value))
                : host.selector().entrySet().containsAll(selector.entrySet());
    }

    boolean reads(RouteUnit unit) {
        return unit.section() == Section.HTTP
                ? servers(unit).anyMatch(GatewayView::readsRequests)
                : Neighbourhood.isRead(unit, proxy);
    }

    /** The servers that share a host with the rule, and whose port the route is for. */
    Stream<Server> servers(RouteUnit unit) {
        return serversWithHostOf(unit.rule())
                .filter(server ->
                        server.port() != null && unit.matchesPort(server.port().number()));
    }

    Stream<Server> serversWithHostOf(Rule rule) {
        return servers(rule, host -> true);
    }

    /** Those of them that take rules of that namespace: what stands before a slash in their hosts says whose. */
    Stream<Server> serversFor(Rule rule) {
        String own = gateway.namespace();
        return servers(rule, host -> {
            int slash = host.indexOf('/');
            String from = slash < 0 ? "*" : host.substring(0, slash);
            return from.equals("*") || (from.equals(".") ? own : from).equals(rule.namespace());
        });
    }

    private Stream<Server> servers(Rule rule, Predicate<String> taken) {
        return gateway.spec().servers().stream()
                .filter(server -> server.hosts().stream()
                        .filter(taken)
                        .map(host -> new Hostname(host.substring(host.indexOf('/') + 1)))
                        .anyMatch(host -> rule.hosts().stream().anyMatch(host::overlaps)));
    }

    /** The section of a rule that a server reads. */
    static Section sectionOf(Server server) {
        if (readsRequests(server)) {
            return Section.HTTP;
        }
        return server.tls() != null && server.tls().mode().equals("PASSTHROUGH") ? Section.TLS : Section.TCP;
    }

    private static boolean readsRequests(Server server) {
        String protocol = server.port() == null ? "" : server.port().protocol().toUpperCase(Locale.ROOT);
        boolean ended = server.tls() != null && !server.tls().mode().endsWith("PASSTHROUGH");
        return Set.of("HTTP", "HTTP2", "GRPC", "GRPC-WEB").contains(protocol) || protocol.equals("HTTPS") && ended;
    }
}
