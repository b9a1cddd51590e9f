package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A match for labels that none of the workloads in the files has, though there are some where it looks for them. */
final class UnknownCallers implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>(unseen(mesh, around.rule()));
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
                                    .formatted(labels, KnownWorkload.withLabels(candidates)),
                            "match the labels of the pods that are meant, or give the file that deploys them to this check"
                                    + " as well"));
                }
            }
        }
        return findings;
    }

    /** A rule that is exported past every workload of the files and past the namespaces of its hosts. */
    private static List<Finding> unseen(CheckedMesh mesh, Rule rule) {
        boolean seen = rule.isPublic()
                || !rule.gateways().contains(Rule.MESH)
                || mesh.workloads().isEmpty()
                || mesh.workloads().stream()
                        .anyMatch(known -> rule.isVisibleIn(known.workload().namespace()))
                || rule.hosts().stream()
                        .flatMap(host -> mesh.hostsOverlapping(host).stream())
                        .anyMatch(host -> rule.isVisibleIn(host.namespace()));
        return seen
                ? List.of()
                : List.of(new Finding(
                        Trap.MATCHES_NOBODY,
                        Severity.UNKNOWN,
                        rule.manifest(),
                        rule.manifest().line("spec", "exportTo"),
                        "No workload among these files is in a namespace that sees the rule; there is %s."
                                .formatted(mesh.workloads().get(0).manifest()),
                        "add %s to exportTo, or give the file that deploys those that are meant to this check as well"
                                .formatted(mesh.workloads().get(0).workload().namespace())));
    }

    private static List<KnownWorkload> candidates(CheckedMesh mesh, Neighbourhood around, StaticMatch match) {
        return mesh.workloads().stream()
                .filter(known -> around.rule().isVisibleIn(known.workload().namespace()))
                .filter(known -> match.sourceNamespace().isEmpty()
                        || match.sourceNamespace().equals(known.workload().namespace()))
                .toList();
    }
}
