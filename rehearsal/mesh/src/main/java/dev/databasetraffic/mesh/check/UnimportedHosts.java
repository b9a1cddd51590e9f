package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.Sidecar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A host that a Sidecar imports from a namespace that does not declare it, where another one does. */
final class UnimportedHosts implements Inspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        List<Finding> findings = new ArrayList<>();
        for (Resource<Sidecar> sidecar : mesh.resources().sidecars()) {
            for (int i = 0; i < sidecar.spec().egress().size(); i++) {
                List<String> hosts = sidecar.spec().egress().get(i).hosts();
                for (int j = 0; j < hosts.size(); j++) {
                    int line = sidecar.manifest().line("spec", "egress", i, "hosts", j);
                    finding(mesh, sidecar, hosts.get(j), line).ifPresent(findings::add);
                }
            }
        }
        return findings;
    }

    private static Optional<Finding> finding(CheckedMesh mesh, Resource<Sidecar> sidecar, String imported, int line) {
        String[] parts = imported.split("/", 2);
        if (parts.length < 2 || parts[0].startsWith("~") || parts[0].equals("*") || parts[1].startsWith("*")) {
            return Optional.empty();
        }
        String from = parts[0].equals(".") ? sidecar.namespace() : parts[0];
        List<RegisteredHost> declared = mesh.hostsOverlapping(new Hostname(parts[1])).stream()
                .filter(host -> mesh.model().isVisible(host, sidecar.namespace()))
                .toList();
        boolean there = declared.stream().anyMatch(host -> host.namespace().equals(from));
        // In the root namespace "." is the namespace of each workload.
        boolean everywhere = parts[0].equals(".")
                && sidecar.namespace().equals(mesh.options().rootNamespace());
        return there || declared.isEmpty() || everywhere
                ? Optional.empty()
                : Optional.of(new Finding(
                        Trap.NOT_VISIBLE,
                        Severity.TRAP,
                        sidecar.manifest(),
                        line,
                        "It imports %s from namespace %s, where nothing declares it: it is declared in namespace %s (%s)."
                                .formatted(
                                        parts[1],
                                        from,
                                        declared.get(0).namespace(),
                                        Where.is(declared.get(0).manifest())),
                        "write \"%s/%s\"".formatted(declared.get(0).namespace(), parts[1])));
    }
}
