package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.Listener.Connection;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.resource.Destination;
import dev.databasetraffic.mesh.resource.Gateway;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way on from a gateway that sidecars send a host's TLS to. */
final class GatewayWays implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            if (unit.section() != Section.TLS || !unit.isForSidecars() || !around.isReadBySidecars(unit)) {
                continue;
            }
            for (int i = 0; i < unit.route().size(); i++) {
                Finding finding = finding(mesh, around, unit, i);
                if (finding != null) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }

    private static @Nullable Finding finding(CheckedMesh mesh, Neighbourhood around, RouteUnit unit, int i) {
        Destination to = unit.route().get(i).destination();
        Hostname name = unit.rule().destination(to.host());
        RegisteredHost service = mesh.hostsOverlapping(name).stream()
                .filter(RegisteredHost::isKubernetes)
                .findFirst()
                .orElse(null);
        if (service == null || unit.rule().names(name)) {
            return null;
        }
        List<String> gateways = gateways(mesh, unit.rule(), service);
        if (gateways.isEmpty()) {
            return service.name().contains("gateway") ? cannotTell(unit, i, name) : null;
        }
        List<GatewayView> views = gateways.stream()
                .map(gateway -> GatewayView.of(mesh, gateway, unit.rule()).orElseThrow())
                .toList();
        boolean routed =
                mesh.rules().stream().anyMatch(rule -> gateways.stream().anyMatch(rule.gateways()::contains));
        if (!routed) {
            return cannotTell(unit, i, name);
        }
        ProxyConfiguration sender = around.workloads().stream()
                .map(around::sidecar)
                .filter(proxy -> Neighbourhood.isRead(unit, proxy))
                .findFirst()
                .orElseThrow();
        int port = DeadEnds.port(to, service, unit, sender);
        Cluster cluster = sender.clusters().get(service.cluster(to.subset(), port));
        boolean wrapped = cluster != null && cluster.tls() != null;
        return views.stream().anyMatch(view -> goesOn(view, service, port, unit, wrapped))
                ? null
                : deadEnd(unit, i, views.get(0), port);
    }

    /** The Gateways whose proxies are behind the Service; failing that, those that the rule itself is bound to. */
    private static List<String> gateways(CheckedMesh mesh, Rule rule, RegisteredHost service) {
        List<String> behind = mesh.gateways().entrySet().stream()
                .filter(gateway -> isBehind(service, gateway.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return behind.isEmpty()
                ? rule.gateways().stream().filter(mesh.gateways()::containsKey).toList()
                : behind;
    }

    private static boolean isBehind(RegisteredHost service, Resource<Gateway> gateway) {
        return GatewayView.isBehind(service, gateway.spec().selector());
    }

    private static boolean goesOn(GatewayView view, RegisteredHost service, int port, RouteUnit unit, boolean wrapped) {
        RegisteredHost.Port declared = service.port(port);
        int target = declared == null || declared.targetPort() == 0 ? port : declared.targetPort();
        return List.of(target, port).stream()
                .flatMap(each -> view.proxy().listener(RegisteredHost.UNSPECIFIED, each).stream())
                .anyMatch(listener -> wrapped
                        || unit.serverNames().stream()
                                .allMatch(name -> listener.match(Connection.tls(
                                                RegisteredHost.UNSPECIFIED, name.replace("*", "any-other-name")))
                                        != null));
    }

    private static Finding deadEnd(RouteUnit unit, int i, GatewayView view, int port) {
        return new Finding(
                Trap.GATEWAY_DEAD_END,
                Severity.TRAP,
                unit.manifest(),
                unit.lineOfDestination(i),
                ("Sidecars send %s to port %d of the gateway, and %s (%s) has no server and route there that takes it on:"
                                + " the gateway closes the connections.")
                        .formatted(
                                String.join(", ", unit.serverNames()),
                                port,
                                view.gateway().manifest(),
                                Where.is(view.gateway().manifest())),
                ("give the Gateway a server for port %d and the host, with tls: {mode: PASSTHROUGH}, and the rule a tls match"
                                + " with gateways: [%s] that routes to the host")
                        .formatted(
                                port,
                                view.gateway().namespace().equals(unit.rule().namespace())
                                        ? view.gateway().name()
                                        : view.gateway().namespace() + "/"
                                                + view.gateway().name()));
    }

    private static Finding cannotTell(RouteUnit unit, int i, Hostname gateway) {
        return new Finding(
                Trap.GATEWAY_DEAD_END,
                Severity.UNKNOWN,
                unit.manifest(),
                unit.lineOfDestination(i),
                "Sidecars send %s to %s, and nothing among these files says how that gateway sends it on."
                        .formatted(String.join(", ", unit.serverNames()), gateway),
                "give the file with its Gateway and the rule for it to this check as well");
    }
}
