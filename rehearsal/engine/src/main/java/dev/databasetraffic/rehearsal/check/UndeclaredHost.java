package dev.databasetraffic.rehearsal.check;

import dev.databasetraffic.rehearsal.check.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** A {@code tls} or {@code tcp} route for an outside host that no ServiceEntry declares. */
final class UndeclaredHost implements Rule {

    @Override
    public List<Finding> findings(Mesh mesh) {
        List<Finding> findings = new ArrayList<>();
        for (Route route : mesh.routes()) {
            if (route.section().equals("http") || !route.isForSidecars()) {
                continue;
            }
            for (String host : route.hosts()) {
                if (mesh.isInCluster(host) || host.equals("*") || mesh.host(host) != null) {
                    continue;
                }
                findings.add(new Finding(
                        mesh.shouldDeclare(host) ? Severity.TRAP : Severity.UNKNOWN,
                        "undeclared-host",
                        route.manifest().file(),
                        route.line(),
                        "No ServiceEntry among these files declares %s. Without one sidecars build no listener for it,"
                                        .formatted(host)
                                + " and the rule has no effect.",
                        "declare it (hosts: [%s], location: MESH_EXTERNAL, resolution: DNS, ports: [{number: %d,"
                                        .formatted(host, route.port() == null ? 443 : route.port())
                                + " name: tls, protocol: TLS}]), or give the file that does to this check as well"));
            }
        }
        return findings;
    }
}
