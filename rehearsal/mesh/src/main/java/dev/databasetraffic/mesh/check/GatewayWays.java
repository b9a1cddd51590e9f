package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Hostname;
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

/** The way on from a gateway that sidecars send a host's connections to. */
final class GatewayWays implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            if (!unit.isForSidecars() || !around.isReadBySidecars(unit)) {
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
        List<Resource<Gateway>> gateways = gateways(mesh, unit.rule(), service);
        boolean requests = unit.section() == Section.HTTP;
        if (gateways.isEmpty()) {
            return !requests && service.name().contains("gateway") ? cannotTell(unit, i, name) : null;
        }
        if (gateways.stream().allMatch(gateway -> excludes(service, gateway))) {
            return ofOtherPods(unit, i, service, gateways.get(0));
        }
        boolean routed = mesh.rules().stream()
                .anyMatch(rule -> gateways.stream().map(Resource::key).anyMatch(rule.gateways()::contains));
        if (!routed) {
            return requests ? null : cannotTell(unit, i, name);
        }
        ProxyConfiguration sender = around.workloads().stream()
                .map(around::sidecar)
                .filter(proxy -> Neighbourhood.isRead(unit, proxy))
                .findFirst()
                .orElseThrow();
        int port = DeadEnds.port(to, service, unit, sender);
        if (service.port(port) == null) {
            return null;
        }
        GatewayArrival arrival =
                new GatewayArrival(unit, i, service, port, sender.clusters().get(service.cluster(to.subset(), port)));
        // Requests in plain text are another inspection's, and so is TLS for a server that has none.
        if (requests && !gateways.stream().allMatch(arrival::isTlsForTls)) {
            return null;
        }
        List<GatewayView> views = gateways.stream()
                .map(gateway -> GatewayView.of(mesh, gateway.key(), unit.rule()).orElseThrow())
                .toList();
        return views.stream().anyMatch(arrival::goesOn) ? null : arrival.deadEnd(views.get(0));
    }

    /** The Gateways whose proxies are behind the Service; failing that, those that the rule itself is bound to. */
    private static List<Resource<Gateway>> gateways(CheckedMesh mesh, Rule rule, RegisteredHost service) {
        List<Resource<Gateway>> behind = mesh.gateways().values().stream()
                .filter(gateway -> GatewayView.isBehind(service, gateway.spec().selector()))
                .toList();
        return behind.isEmpty()
                ? mesh.gateways().values().stream()
                        .filter(gateway -> rule.gateways().contains(gateway.key()))
                        .toList()
                : behind;
    }

    /** Whether no pod can be behind the Service and the Gateway's proxy: one label would need two values. */
    private static boolean excludes(RegisteredHost service, Resource<Gateway> gateway) {
        Map<String, String> wanted = gateway.spec().selector();
        return service.selector().entrySet().stream()
                .anyMatch(each -> wanted.containsKey(each.getKey())
                        && !wanted.get(each.getKey()).equals(each.getValue()));
    }

    private static Finding ofOtherPods(RouteUnit unit, int i, RegisteredHost service, Resource<Gateway> gateway) {
        return new Finding(
                Trap.GATEWAY_DEAD_END,
                Severity.TRAP,
                gateway.manifest(),
                gateway.manifest().line("spec", "selector"),
                ("It is for pods with %s, and %s, where sidecars send %s (%s:%d), is for pods with %s (%s): none is both, and"
                                + " the gateway closes the connections.")
                        .formatted(
                                gateway.spec().selector(),
                                service.hostname(),
                                unit.rule().hosts().get(0),
                                unit.manifest().file(),
                                unit.lineOfDestination(i),
                                service.selector(),
                                Where.is(service.manifest(), "spec", "selector")),
                "write the labels of the gateway's pods into selector");
    }

    private static Finding cannotTell(RouteUnit unit, int i, Hostname gateway) {
        return new Finding(
                Trap.GATEWAY_DEAD_END,
                Severity.UNKNOWN,
                unit.manifest(),
                unit.lineOfDestination(i),
                "Sidecars send %s to %s, and nothing among these files says how that gateway sends it on."
                        .formatted(
                                unit.serverNames().isEmpty()
                                        ? unit.rule().hosts().get(0)
                                        : String.join(", ", unit.serverNames()),
                                gateway),
                "give the file with its Gateway and the rule for it to this check as well");
    }
}
