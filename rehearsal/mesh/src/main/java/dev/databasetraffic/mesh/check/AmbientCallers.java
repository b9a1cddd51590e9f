package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.resource.KubernetesGateway;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A rule for namespaces whose workloads have no sidecars, and for hosts that no waypoint is in front of. */
final class AmbientCallers implements RuleInspection {

    private static final String MODE = "istio.io/dataplane-mode";

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        Rule rule = around.rule();
        Set<String> ambient = mesh.resources().namespaces().stream()
                .filter(each -> "ambient".equals(each.manifest().labels().get(MODE)))
                .map(Resource::name)
                .collect(Collectors.toSet());
        boolean read = ambient.isEmpty()
                || rule.isPublic()
                || rule.isDelegate()
                || !rule.gateways().contains(Rule.MESH)
                || !around.workloads().stream().allMatch(workload -> ambient.contains(workload.namespace()))
                || Waypoints.areInFrontOf(mesh, rule);
        return read
                ? List.of()
                : List.of(new Finding(
                        Trap.NOT_AT_WAYPOINT,
                        Severity.TRAP,
                        rule.manifest(),
                        rule.manifest().line("spec"),
                        "The workloads that see it are in namespace %s, which is ambient: they have no sidecars, and %s."
                                .formatted(String.join(", ", ambient), waypoint(mesh, rule)),
                        "a waypoint for services (istio.io/waypoint-for: service), and the label %s: <its name> on what declares the host"
                                .formatted(KubernetesGateway.USE_LABEL)));
    }

    private static String waypoint(CheckedMesh mesh, Rule rule) {
        Optional<RegisteredHost> named = rule.hosts().stream()
                .flatMap(host -> mesh.hostsOverlapping(host).stream())
                .filter(host -> host.labels().containsKey(KubernetesGateway.USE_LABEL))
                .findFirst();
        return named.map(host -> "the waypoint that %s (%s) names does not take connections to services"
                        .formatted(host.manifest(), Where.is(host.manifest())))
                .orElse("no waypoint is in front of " + rule.hosts().get(0));
    }
}
