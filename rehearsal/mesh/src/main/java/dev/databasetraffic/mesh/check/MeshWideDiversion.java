package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.resource.VirtualService.Weighted;
import java.util.List;
import java.util.Set;

/** An outage for everyone: a rule that leads an outside host's traffic into the cluster, in every namespace. */
final class MeshWideDiversion implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        Rule rule = around.rule();
        if (!rule.isPublic() || !rule.gateways().equals(Set.of(Rule.MESH)) || leadsToGateway(mesh, rule)) {
            return List.of();
        }
        return RouteUnit.all(rule).stream()
                .filter(unit -> unit.section() != Section.HTTP)
                .filter(unit -> unit.matches().stream()
                        .allMatch(match -> match.sourceLabels().isEmpty()
                                && match.sourceNamespace().isEmpty()))
                .filter(unit -> isOutside(mesh, rule) && unit.shares().anyMatch(to -> isBlackHole(mesh, unit, to)))
                .filter(unit -> around.isReadBySidecars(unit) && isForEveryone(around, unit))
                .map(unit -> new Finding(
                        Trap.MESH_WIDE_DIVERSION,
                        Severity.TRAP,
                        rule.manifest(),
                        unit.line(),
                        "It diverts %s for every workload of every namespace, because nothing limits who sees the rule."
                                .formatted(String.join(", ", rule.spec().hosts())),
                        (rule.isOfGatewayApi()
                                        ? "write it as a VirtualService, for nothing limits a %s: "
                                                .formatted(rule.manifest().kind())
                                        : "")
                                + "exportTo: [\".\"] limits it to namespace %s; sourceLabels in the match, to one workload there"
                                        .formatted(rule.namespace())))
                .toList();
    }

    /** Whether no Sidecar keeps it from workloads that know the host. */
    private static boolean isForEveryone(Neighbourhood around, RouteUnit unit) {
        return around.workloads().stream()
                .filter(workload ->
                        around.sidecar(workload).hosts().keySet().stream().anyMatch(around.rule()::names))
                .filter(workload -> !Neighbourhood.isRead(unit, around.sidecar(workload)))
                .noneMatch(workload -> around.isReadWithoutSidecars(unit, workload));
    }

    private static boolean isOutside(CheckedMesh mesh, Rule rule) {
        return rule.hosts().stream()
                .flatMap(host -> mesh.hostsOverlapping(host).stream())
                .allMatch(host -> !host.isKubernetes() && host.external());
    }

    /** A Service whose port passes TLS on by name is a way out of the mesh rather than the end of it. */
    private static boolean isBlackHole(CheckedMesh mesh, RouteUnit unit, Weighted to) {
        return mesh.hostsOverlapping(unit.rule().destination(to.destination().host())).stream()
                .filter(RegisteredHost::isKubernetes)
                .anyMatch(host -> host.ports().stream()
                        .filter(port -> to.destination().portNumber() == 0
                                || to.destination().portNumber() == port.number())
                        .noneMatch(port -> port.protocol().isTls()));
    }

    /** Another rule for the host tells a gateway to send it on. */
    private static boolean leadsToGateway(CheckedMesh mesh, Rule rule) {
        return rule.hosts().stream()
                .flatMap(host -> mesh.rulesOverlapping(host).stream())
                .anyMatch(other -> !other.gateways().equals(Set.of(Rule.MESH)));
    }
}
