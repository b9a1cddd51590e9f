package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.resource.Destination;
import dev.databasetraffic.mesh.resource.Gateway;
import dev.databasetraffic.mesh.resource.Gateway.Server;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** TLS that a DestinationRule adds to requests on their way to a gateway whose server there expects plain HTTP. */
final class GatewayTls implements RuleInspection {

    private static final Set<String> PLAIN = Set.of("HTTP", "HTTP2", "GRPC");

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        if (mesh.gateways().isEmpty()) {
            return findings;
        }
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            for (int i = 0; unit.section() == Section.HTTP && i < unit.route().size(); i++) {
                finding(mesh, around, unit, i).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static Optional<Finding> finding(CheckedMesh mesh, Neighbourhood around, RouteUnit unit, int i) {
        Destination to = unit.route().get(i).destination();
        Hostname name = unit.rule().destination(to.host());
        ProxyConfiguration sender = around.workloads().stream()
                .map(around::sidecar)
                .filter(proxy -> Neighbourhood.isRead(unit, proxy))
                .findFirst()
                .orElse(null);
        RegisteredHost service = sender == null ? null : sender.hosts().get(name);
        if (sender == null || service == null || !service.isKubernetes()) {
            return Optional.empty();
        }
        int port = DeadEnds.port(to, service, unit, sender);
        Cluster cluster = sender.clusters().get(service.cluster(to.subset(), port));
        if (cluster == null || cluster.tls() == null) {
            return Optional.empty();
        }
        RegisteredHost.Port declared = service.port(port);
        int target = declared == null || declared.targetPort() == 0 ? port : declared.targetPort();
        return mesh.gateways().values().stream()
                .filter(gateway -> GatewayView.isBehind(service, gateway.spec().selector()))
                .filter(gateway -> gateway.spec().servers().stream().anyMatch(server -> isPlain(server, port, target)))
                .map(gateway -> finding(unit, i, cluster, gateway, port))
                .findFirst();
    }

    private static boolean isPlain(Server server, int port, int target) {
        return server.port() != null
                && (server.port().number() == port || server.port().number() == target)
                && isPlain(server);
    }

    static boolean isPlain(Server server) {
        return server.port() != null && PLAIN.contains(server.port().protocol().toUpperCase(Locale.ROOT));
    }

    private static Finding finding(RouteUnit unit, int i, Cluster cluster, Resource<Gateway> gateway, int port) {
        return new Finding(
                Trap.GATEWAY_DEAD_END,
                Severity.TRAP,
                unit.manifest(),
                unit.lineOfDestination(i),
                ("Sidecars speak TLS (%s, of %s) to port %d of the gateway, and the server of %s (%s) expects plain HTTP there:"
                                + " it closes the connections.")
                        .formatted(
                                cluster.tls(),
                                Where.is(cluster.policies().get(0)),
                                port,
                                gateway.manifest(),
                                Where.is(gateway.manifest())),
                "give the server protocol: HTTPS with tls: {mode: %s}, or take tls away from the DestinationRule"
                        .formatted(cluster.tls()));
    }
}
