package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A route for a host that a waypoint is in front of (listener_waypoint.go): a waypoint reads a tls match with exactly the
 * host's name, and unlike a sidecar also tcp routes for TLS; it knows neither the labels nor the namespace of a caller.
 */
final class Waypoints implements RuleInspection {

    private static final String USE = "istio.io/use-waypoint";
    private static final String USE_NAMESPACE = "istio.io/use-waypoint-namespace";

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        if (areInFrontOf(mesh, around.rule())) {
            for (RouteUnit unit : RouteUnit.all(around.rule())) {
                Finding finding = unit.isForSidecars() ? finding(mesh, unit) : null;
                if (finding != null) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }

    /** Whether every host of the rule that the files declare has one. */
    static boolean areInFrontOf(CheckedMesh mesh, Rule rule) {
        List<RegisteredHost> hosts = hosts(mesh, rule);
        return !hosts.isEmpty()
                && hosts.stream().allMatch(host -> waypoint(mesh, host).isPresent());
    }

    private static List<RegisteredHost> hosts(CheckedMesh mesh, Rule rule) {
        return rule.hosts().stream()
                .flatMap(host -> mesh.hostsOverlapping(host).stream())
                .toList();
    }

    /** Named by a label of the host, or else of its namespace. */
    private static Optional<String> waypoint(CheckedMesh mesh, RegisteredHost host) {
        return Optional.ofNullable(host.labels().get(USE))
                .or(() -> Optional.ofNullable(
                        mesh.labelsOfNamespace(host.namespace()).get(USE)))
                .filter(name -> !name.equals("none"));
    }

    private static @Nullable Finding finding(CheckedMesh mesh, RouteUnit unit) {
        RegisteredHost host = hosts(mesh, unit.rule()).get(0);
        String owner = host.labels().getOrDefault(USE_NAMESPACE, host.namespace());
        String namespace = unit.rule().namespace();
        if (!namespace.equals(host.namespace()) && !namespace.equals(owner)) {
            return trap(
                    unit,
                    "The waypoint of %s does not read it: it reads rules in the namespaces of the host (%s) and of itself"
                                    .formatted(host.hostname(), host.namespace())
                            + " alone.",
                    "put the rule into namespace " + host.namespace());
        }
        boolean fromSome = unit.matches().stream().anyMatch(Waypoints::isForSomeCallers);
        if (fromSome && unit.matches().stream().allMatch(Waypoints::isForSomeCallers)) {
            return trap(
                    unit,
                    "The waypoint of %s never matches it: who calls is not known there, so that a match with sourceLabels or"
                                    .formatted(host.hostname())
                            + " sourceNamespace holds for nobody.",
                    "take sourceLabels and sourceNamespace out of the match");
        }
        if (unit.section() == Section.TLS
                && !unit.serverNames().equals(List.of(host.hostname().value()))) {
            return trap(
                    unit,
                    "The waypoint of %s does not read it: it takes a tls match with exactly one server name, the host's own,"
                                    .formatted(host.hostname())
                            + " and this one has " + unit.serverNames() + ".",
                    "write one rule for each host, with sniHosts: [%s]".formatted(host.hostname()));
        }
        return null;
    }

    private static boolean isForSomeCallers(StaticMatch match) {
        return !match.sourceLabels().isEmpty() || !match.sourceNamespace().isEmpty();
    }

    private static Finding trap(RouteUnit unit, String why, String mend) {
        Manifest manifest = unit.manifest();
        return new Finding(Trap.NOT_AT_WAYPOINT, Severity.TRAP, manifest, unit.line(), why, mend);
    }
}
