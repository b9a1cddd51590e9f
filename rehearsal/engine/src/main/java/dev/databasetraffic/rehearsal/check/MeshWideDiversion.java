package dev.databasetraffic.rehearsal.check;

import dev.databasetraffic.rehearsal.check.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** An outage for everyone: a rule that leads an outside host's traffic into the cluster, in every namespace. */
final class MeshWideDiversion implements Rule {

    @Override
    public List<Finding> findings(Mesh mesh) {
        List<Finding> findings = new ArrayList<>();
        for (Route route : mesh.routes()) {
            if (!route.section().equals("http")
                    && route.isForSidecarsAlone()
                    && route.exportTo().contains("*")
                    && route.sourceLabels().isEmpty()
                    && route.sourceNamespace() == null
                    && divertsIntoCluster(mesh, route)
                    && !leadsToGateway(mesh, route)) {
                findings.add(new Finding(
                        Severity.TRAP,
                        "mesh-wide-diversion",
                        route.manifest().file(),
                        route.line(),
                        "It diverts %s for every workload of every namespace, because nothing limits who sees the rule."
                                .formatted(String.join(", ", route.hosts())),
                        "exportTo: [\".\"] limits it to namespace %s; sourceLabels in the match, to one workload there"
                                .formatted(route.manifest().namespace())));
            }
        }
        return findings;
    }

    private static boolean divertsIntoCluster(Mesh mesh, Route route) {
        return route.hosts().stream().noneMatch(mesh::isInCluster)
                && route.hosts().stream()
                        .map(mesh::host)
                        .noneMatch(host -> host != null && IgnoredRoute.ignores(host, route))
                && route.destinations().stream()
                        .map(to ->
                                Routes.qualified(to.getHost(), route.manifest().namespace()))
                        .anyMatch(mesh::isInCluster);
    }

    /** Sends the traffic to an egress gateway, which a rule of its own tells to send it on. */
    private static boolean leadsToGateway(Mesh mesh, Route route) {
        return mesh.routes().stream()
                .anyMatch(other ->
                        !other.isForSidecarsAlone() && other.hosts().stream().anyMatch(route.hosts()::contains));
    }
}
