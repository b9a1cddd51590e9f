package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.model.FilterChain;
import dev.databasetraffic.mesh.model.Listener.Connection;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Target;
import dev.databasetraffic.mesh.resource.Gateway;
import dev.databasetraffic.mesh.resource.Gateway.Server;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the connections of a route come to the proxies behind a Service, and what becomes of them there.
 *
 * @param to which of the route's destinations the Service is
 * @param cluster through which sidecars reach it, null if they have none
 */
record GatewayArrival(
        RouteUnit unit,
        int to,
        RegisteredHost service,
        int port,
        @Nullable Cluster cluster) {

    private static final String MESH_TLS = "ISTIO_MUTUAL";

    boolean goesOn(GatewayView view) {
        List<FilterChain> taken = chains(view).toList();
        return !taken.isEmpty()
                && taken.stream().allMatch(chain -> chain != null && !leadsBack(chain))
                && !expectsRequests(view)
                && !isWrappedTwice(view);
    }

    boolean isTlsForTls(Resource<Gateway> gateway) {
        return isWrapped()
                && servers(gateway).findAny().isPresent()
                && servers(gateway).noneMatch(GatewayTls::isPlain);
    }

    private boolean isWrapped() {
        return cluster != null && cluster.tls() != null;
    }

    /** The chains that take the connections, null for one that is closed; none where the gateway does not listen. */
    private Stream<@Nullable FilterChain> chains(GatewayView view) {
        return ports().flatMap(each -> view.proxy().listener(RegisteredHost.UNSPECIFIED, each).stream())
                .flatMap(listener -> connections().map(listener::match));
    }

    private Stream<Connection> connections() {
        if (isWrapped()) {
            String sni = Objects.requireNonNull(cluster).sni();
            return Stream.of(Connection.tls(RegisteredHost.UNSPECIFIED, sni.isEmpty() ? null : sni));
        }
        return unit.section() == Section.TLS
                ? unit.serverNames().stream()
                        .map(name -> Connection.tls(RegisteredHost.UNSPECIFIED, name.replace("*", "any-other-name")))
                : Stream.of(Connection.bytes(RegisteredHost.UNSPECIFIED));
    }

    /** Gateways listen on the pods' port, which a Gateway may also name as the Service does. */
    private Stream<Integer> ports() {
        RegisteredHost.Port declared = service.port(port);
        int target = declared == null || declared.targetPort() == 0 ? port : declared.targetPort();
        return Stream.of(target, port).distinct();
    }

    private Stream<Server> servers(GatewayView view) {
        return servers(view.gateway());
    }

    private Stream<Server> servers(Resource<Gateway> gateway) {
        return gateway.spec().servers().stream()
                .filter(server -> server.port() != null
                        && ports().anyMatch(each -> each == server.port().number()));
    }

    private boolean leadsBack(FilterChain chain) {
        return chain.target() instanceof Target.Clusters to
                && !to.shares().isEmpty()
                && to.shares().stream().allMatch(share -> share.cluster().endsWith("|" + service.hostname()));
    }

    private boolean expectsRequests(GatewayView view) {
        return !isWrapped()
                && unit.section() == Section.TLS
                && servers(view).findAny().isPresent()
                && servers(view).allMatch(GatewayTls::isPlain);
    }

    /** A server that passes TLS on passes the sidecar's own on to the host, around the client's or in its place. */
    private boolean isWrappedTwice(GatewayView view) {
        boolean harms = isWrapped()
                && (unit.section() == Section.TLS
                        || MESH_TLS.equals(Objects.requireNonNull(cluster).tls()));
        List<Server> servers = servers(view).toList();
        return harms
                && !servers.isEmpty()
                && servers.stream().allMatch(server -> GatewayView.sectionOf(server) == Section.TLS);
    }

    /** Why none of the gateway's proxies sends the connections on. */
    Finding deadEnd(GatewayView view) {
        String gateway = "%s (%s)"
                .formatted(view.gateway().manifest(), Where.is(view.gateway().manifest()));
        if (isWrappedTwice(view)) {
            return wrappedTwice(gateway);
        }
        if (expectsRequests(view)) {
            return deadEnd(
                    "and the server of %s expects plain HTTP there: it closes the connections.".formatted(gateway),
                    "give the server protocol: TLS with tls: {mode: PASSTHROUGH}, and the rule a tls match with gateways: [%s]"
                            .formatted(nameOf(view)));
        }
        if (chains(view).anyMatch(chain -> chain != null && leadsBack(chain))) {
            return deadEnd(
                    "whose proxy (%s) reads this route as well, and sends them to itself, over and over."
                            .formatted(gateway),
                    "write gateways: [mesh] into the match, and another match with gateways: [%s] that routes to the host"
                            .formatted(nameOf(view)));
        }
        if (isWrapped() && listens(view)) {
            Cluster through = Objects.requireNonNull(cluster);
            return deadEnd(
                    "with %s around them (%s) that asks for %s, and no server of %s takes that name: the gateway closes the connections."
                            .formatted(
                                    through.tls(),
                                    Where.is(through.policies().get(0)),
                                    through.sni().isEmpty() ? "no name" : through.sni(),
                                    gateway),
                    "tls: {mode: %s, sni: %s} in that DestinationRule".formatted(through.tls(), hostOf(view)));
        }
        return deadEnd(
                "and %s has no server and route there that takes it on: the gateway closes the connections."
                        .formatted(gateway),
                unit.section() == Section.TLS
                        ? ("give the Gateway a server for port %d and the host, with tls: {mode: PASSTHROUGH}, and the rule a"
                                        + " tls match with gateways: [%s] that routes to the host")
                                .formatted(port, nameOf(view))
                        : ("give the Gateway a server for port %d with protocol: TCP, and the rule a tcp match with"
                                        + " gateways: [%s] that routes to the host")
                                .formatted(port, nameOf(view)));
    }

    private boolean listens(GatewayView view) {
        return chains(view).count() > 0;
    }

    /** A host of the Gateway that the rule is for, to write down. */
    private String hostOf(GatewayView view) {
        return view.serversWithHostOf(unit.rule())
                .flatMap(server -> server.hosts().stream())
                .map(host -> host.substring(host.indexOf('/') + 1))
                .filter(host -> !host.startsWith("*"))
                .findFirst()
                .orElse(unit.rule().hosts().get(0).value());
    }

    private String nameOf(GatewayView view) {
        return view.gateway().namespace().equals(unit.rule().namespace())
                ? view.gateway().name()
                : view.gateway().key();
    }

    private Finding wrappedTwice(String gateway) {
        Cluster through = Objects.requireNonNull(cluster);
        Manifest policy = through.policies().get(0);
        return new Finding(
                Trap.TLS_TWICE,
                Severity.TRAP,
                policy,
                policy.line("spec"),
                ("Sidecars speak %s around what they send to port %d of the gateway (%s:%d), and the server of %s passes TLS on"
                                + " as it comes: the host gets the mesh's own greeting, and closes.")
                        .formatted(through.tls(), port, unit.manifest().file(), unit.line(), gateway),
                "take tls away from the DestinationRule; or give the server tls: {mode: ISTIO_MUTUAL}, and the rule a tcp"
                        + " route for the gateway");
    }

    private Finding deadEnd(String why, String mend) {
        String what = unit.serverNames().isEmpty()
                ? unit.rule().hosts().get(0).value()
                : String.join(", ", unit.serverNames());
        return new Finding(
                Trap.GATEWAY_DEAD_END,
                Severity.TRAP,
                unit.manifest(),
                unit.lineOfDestination(to),
                "Sidecars send %s to port %d of the gateway, ".formatted(what, port) + why,
                mend);
    }
}
