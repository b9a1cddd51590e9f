package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.Sidecar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A rule that others read, and those workloads do not that it is written for, because of their namespace's Sidecar. */
final class HidingSidecars implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        Set<String> namespaces = namespaces(mesh, around.rule());
        if (namespaces.isEmpty()) {
            return List.of();
        }
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            if (!unit.isForSidecars() || !around.isReadBySidecars(unit)) {
                continue;
            }
            around.callers(unit).stream()
                    .filter(workload -> namespaces.contains(workload.namespace()))
                    .filter(workload -> !Neighbourhood.isRead(unit, around.sidecar(workload)))
                    .filter(workload -> around.isReadWithoutSidecars(unit, workload))
                    .findFirst()
                    .ifPresent(workload -> findings.add(finding(mesh, around, unit, workload)));
        }
        return findings;
    }

    /** The rule's own, or the host's where the rule's has nothing but rules; of them those that have Sidecars. */
    private static Set<String> namespaces(CheckedMesh mesh, Rule rule) {
        Set<String> scoped = mesh.resources().sidecars().stream()
                .map(Resource::namespace)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> meant = new LinkedHashSet<>(Set.of(rule.namespace()));
        if (!scoped.contains(rule.namespace()) && hasRulesAlone(mesh, rule.namespace())) {
            rule.hosts().stream()
                    .flatMap(host -> mesh.hostsOverlapping(host).stream())
                    .map(RegisteredHost::namespace)
                    .forEach(meant::add);
        }
        scoped.retainAll(meant);
        return scoped;
    }

    private static boolean hasRulesAlone(CheckedMesh mesh, String namespace) {
        return Stream.concat(
                        mesh.model().hosts().stream().map(RegisteredHost::namespace),
                        mesh.workloads().stream().map(each -> each.workload().namespace()))
                .noneMatch(namespace::equals);
    }

    private static Finding finding(CheckedMesh mesh, Neighbourhood around, RouteUnit unit, Workload workload) {
        boolean knowsHost = around.sidecar(workload).hosts().keySet().stream().anyMatch(unit.rule()::names);
        Resource<Sidecar> sidecar = mesh.resources().sidecars().stream()
                .filter(each -> each.namespace().equals(workload.namespace()))
                .findFirst()
                .orElseThrow();
        return new Finding(
                Trap.NOT_VISIBLE,
                Severity.TRAP,
                unit.manifest(),
                unit.line(),
                "Workloads of namespace %s do not read it: their Sidecar (%s) does not import %s."
                        .formatted(
                                workload.namespace(),
                                Where.is(sidecar.manifest(), "spec", "egress"),
                                knowsHost
                                        ? "the rule"
                                        : String.join(", ", unit.rule().spec().hosts())),
                "add \"%s/*\" to egress.hosts of that Sidecar"
                        .formatted(
                                knowsHost
                                        ? unit.rule().namespace()
                                        : mesh
                                                .hostsOverlapping(
                                                        unit.rule().hosts().get(0))
                                                .stream()
                                                .findFirst()
                                                .map(RegisteredHost::namespace)
                                                .orElse(unit.rule().namespace())));
    }
}
