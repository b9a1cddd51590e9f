package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.Sidecar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Sidecar for the same workloads as an older one, which alone counts: Sidecars are not merged. */
final class SecondSidecars implements Inspection {

    private record Scope(String namespace, Map<String, String> labels) {}

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        Map<Scope, Resource<Sidecar>> first = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Resource<Sidecar> sidecar : mesh.resources().sidecars()) {
            var selector = sidecar.spec().workloadSelector();
            Map<String, String> labels = selector == null ? Map.of() : selector.labels();
            Resource<Sidecar> older = first.putIfAbsent(new Scope(sidecar.namespace(), labels), sidecar);
            if (older != null) {
                findings.add(finding(sidecar, older, labels));
            }
        }
        return findings;
    }

    private static Finding finding(Resource<Sidecar> sidecar, Resource<Sidecar> older, Map<String, String> labels) {
        return new Finding(
                Trap.SECOND_SIDECAR,
                Severity.TRAP,
                sidecar.manifest(),
                sidecar.manifest().line(),
                "%s (%s) is for %s as well, and of several Sidecars the one that was created first counts alone."
                        .formatted(
                                older.manifest(),
                                Where.is(older.manifest()),
                                labels.isEmpty()
                                        ? "all workloads of namespace " + sidecar.namespace()
                                        : "the workloads with " + labels),
                "write what both import into one Sidecar, or give each a workloadSelector of its own");
    }
}
