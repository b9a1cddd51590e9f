package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.resource.ConnectionRoute;
import dev.databasetraffic.mesh.resource.ConnectionRoute.Parent;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A route of the Gateway API that names a port of its parent, by a name that no port there has. */
final class ParentSections implements Inspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        List<Finding> findings = new ArrayList<>();
        for (Resource<ConnectionRoute> route : mesh.resources().connectionRoutes()) {
            List<Parent> parents = route.spec().parentRefs();
            for (int i = 0; i < parents.size(); i++) {
                Parent parent = parents.get(i);
                if (parent.isInMesh() && !parent.sectionName().isEmpty()) {
                    findings.addAll(findings(mesh, route, parent, i));
                }
            }
        }
        return findings;
    }

    private static List<Finding> findings(CheckedMesh mesh, Resource<ConnectionRoute> route, Parent parent, int i) {
        List<RegisteredHost> hosts = mesh.model().hosts().stream()
                .filter(host -> host.isKubernetes() == parent.isService())
                .filter(host -> host.manifest().name().equals(parent.name())
                        && host.namespace().equals(parent.namespaceFor(route)))
                .limit(1)
                .toList();
        return hosts.stream()
                .filter(host ->
                        host.ports().stream().noneMatch(port -> port.name().equals(parent.sectionName())))
                .map(host -> new Finding(
                        Trap.MATCHES_NOBODY,
                        Severity.TRAP,
                        route.manifest(),
                        route.manifest().line("spec", "parentRefs", i, "sectionName"),
                        ("No port of %s (%s) is named %s; there are %s. istiod does not heed sectionName in the mesh, and the"
                                        + " route is for all of them.")
                                .formatted(
                                        host.manifest(),
                                        Where.is(host.manifest(), "spec", "ports"),
                                        parent.sectionName(),
                                        host.ports().stream()
                                                .map(RegisteredHost.Port::name)
                                                .collect(Collectors.joining(", "))),
                        "write port: <number> instead, which istiod heeds"))
                .toList();
    }
}
