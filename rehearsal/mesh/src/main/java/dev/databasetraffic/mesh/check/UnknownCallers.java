package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A match for labels that none of the workloads in the files has, though there are some where it looks for them. */
final class UnknownCallers implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            for (StaticMatch match : unit.matches()) {
                List<KnownWorkload> candidates = candidates(mesh, around, match);
                Map<String, String> labels = match.sourceLabels();
                if (!labels.isEmpty()
                        && !candidates.isEmpty()
                        && candidates.stream()
                                .noneMatch(known -> known.workload().hasLabels(labels))) {
                    findings.add(new Finding(
                            Trap.MATCHES_NOBODY,
                            Severity.UNKNOWN,
                            unit.manifest(),
                            unit.line(),
                            "No workload among these files has the labels %s; there are %s."
                                    .formatted(
                                            labels,
                                            candidates.stream()
                                                    .map(known -> known.manifest() + " with "
                                                            + known.workload().labels())
                                                    .collect(Collectors.joining(", "))),
                            "match the labels of the pods that are meant, or give the file that deploys them to this check"
                                    + " as well"));
                }
            }
        }
        return findings;
    }

    private static List<KnownWorkload> candidates(CheckedMesh mesh, Neighbourhood around, StaticMatch match) {
        return mesh.workloads().stream()
                .filter(known -> around.rule().isVisibleIn(known.workload().namespace()))
                .filter(known -> match.sourceNamespace().isEmpty()
                        || match.sourceNamespace().equals(known.workload().namespace()))
                .toList();
    }
}
