package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Sidecar or DestinationRule for labels that none of the workloads of its namespace has, though there are some. */
final class UnknownSelected implements Inspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        List<Finding> findings = new ArrayList<>();
        for (Resource<?> sidecar : mesh.resources().sidecars()) {
            add(findings, mesh, sidecar.manifest(), "labels");
        }
        for (Resource<?> policy : mesh.resources().destinationRules()) {
            add(findings, mesh, policy.manifest(), "matchLabels");
        }
        return findings;
    }

    private static void add(List<Finding> findings, CheckedMesh mesh, Manifest manifest, String member) {
        Map<String, String> labels = KnownWorkload.strings(manifest.tree().at("/spec/workloadSelector/" + member));
        List<KnownWorkload> candidates = mesh.workloads().stream()
                .filter(known -> known.workload().namespace().equals(manifest.namespace()))
                .toList();
        if (labels.isEmpty()
                || candidates.isEmpty()
                || candidates.stream().anyMatch(known -> known.workload().hasLabels(labels))) {
            return;
        }
        findings.add(
                new Finding(
                        Trap.MATCHES_NOBODY,
                        Severity.UNKNOWN,
                        manifest,
                        manifest.line("spec", "workloadSelector"),
                        "No workload of namespace %s among these files has the labels %s; there are %s."
                                .formatted(manifest.namespace(), labels, KnownWorkload.withLabels(candidates)),
                        "select the labels of the pods that are meant, or give the file that deploys them to this check as well"));
    }
}
