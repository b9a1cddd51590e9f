package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.resource.DestinationRule;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A subset that a route leads to and whose labels nobody behind the host has: it has no endpoints. */
final class SubsetMembers implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            unit.shares()
                    .map(to -> to.destination())
                    .filter(to -> !to.subset().isEmpty())
                    .forEach(to -> {
                        Hostname name = unit.rule().destination(to.host());
                        for (RegisteredHost host : mesh.hostsOverlapping(name)) {
                            finding(mesh, host, to.subset()).ifPresent(findings::add);
                        }
                    });
        }
        return findings;
    }

    private static Optional<Finding> finding(CheckedMesh mesh, RegisteredHost host, String subset) {
        for (Manifest policy : mesh.declarations(Stream.of(host.hostname()))) {
            for (Resource<?> read : mesh.read(List.of(policy))) {
                if (read.spec() instanceof DestinationRule rule) {
                    for (int i = 0; i < rule.subsets().size(); i++) {
                        Map<String, String> labels = labels(policy, i);
                        if (rule.subsets().get(i).name().equals(subset) && !labels.isEmpty()) {
                            return host.isKubernetes()
                                    ? ofService(mesh, host, policy, i, labels)
                                    : ofEntry(host, policy, i, labels);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> ofEntry(
            RegisteredHost host, Manifest policy, int subset, Map<String, String> labels) {
        List<Map<String, String>> endpoints = new ArrayList<>();
        host.manifest()
                .tree()
                .at("/spec/endpoints")
                .forEach(endpoint -> endpoints.add(KnownWorkload.strings(endpoint.path("labels"))));
        return isFilledElsewhere(host)
                        || endpoints.stream().anyMatch(each -> each.entrySet().containsAll(labels.entrySet()))
                ? Optional.empty()
                : Optional.of(new Finding(
                        Trap.NO_ENDPOINTS,
                        Severity.TRAP,
                        policy,
                        policy.line("spec", "subsets", subset),
                        "None of the endpoints of %s (%s) has the labels %s; they have %s. Connections are reset (access log flag UH)."
                                .formatted(
                                        host.hostname(),
                                        Where.is(host.manifest(), "spec", "endpoints"),
                                        labels,
                                        endpoints),
                        "write labels that an endpoint has"));
    }

    /** Workloads may be behind it that have labels of their own, or whatever address the client meant. */
    private static boolean isFilledElsewhere(RegisteredHost host) {
        return !host.selector().isEmpty() || host.resolution() == RegisteredHost.Resolution.NONE;
    }

    private static Optional<Finding> ofService(
            CheckedMesh mesh, RegisteredHost host, Manifest policy, int subset, Map<String, String> labels) {
        List<KnownWorkload> behind = host.selector().isEmpty()
                ? List.of()
                : mesh.workloads().stream()
                        .filter(known -> known.workload().namespace().equals(host.namespace()))
                        .filter(known -> known.workload().hasLabels(host.selector()))
                        .toList();
        return behind.isEmpty()
                        || behind.stream().map(KnownWorkload::workload).anyMatch(workload -> workload.hasLabels(labels))
                ? Optional.empty()
                : Optional.of(new Finding(
                        Trap.NO_ENDPOINTS,
                        Severity.UNKNOWN,
                        policy,
                        policy.line("spec", "subsets", subset),
                        "None of the pods behind %s (%s) among these files has the labels %s; there are %s."
                                .formatted(
                                        host.hostname(),
                                        Where.is(host.manifest()),
                                        labels,
                                        KnownWorkload.withLabels(behind)),
                        "write labels that the pods have, or give the file that deploys those that are meant to this check as"
                                + " well"));
    }

    private static Map<String, String> labels(Manifest policy, int subset) {
        return KnownWorkload.strings(policy.tree().at("/spec/subsets/%d/labels".formatted(subset)));
    }
}
