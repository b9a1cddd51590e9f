package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A rule for a port whose traffic leaves the workload's pods without passing their sidecar. */
final class UncapturedPorts implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            List<KnownWorkload> readers = mesh.workloads().stream()
                    .filter(known -> around.workloads().contains(known.workload()))
                    .filter(known -> !ports(around, unit, known).isEmpty())
                    .toList();
            boolean none = !readers.isEmpty()
                    && readers.stream()
                            .allMatch(known -> known.excludedPorts().containsAll(ports(around, unit, known)));
            if (none) {
                KnownWorkload known = readers.get(0);
                findings.add(new Finding(
                        Trap.NOT_CAPTURED,
                        Severity.TRAP,
                        unit.manifest(),
                        unit.line(),
                        "%s (%s) excludes port %s from its sidecar (%s), so that this route never sees the traffic."
                                .formatted(
                                        known.manifest(),
                                        Where.is(known.manifest()),
                                        ports(around, unit, known).stream()
                                                .map(String::valueOf)
                                                .collect(Collectors.joining(", ")),
                                        KnownWorkload.EXCLUDE_PORTS),
                        "take the port out of that annotation, and restart the pods"));
            }
        }
        return findings;
    }

    private static Set<Integer> ports(Neighbourhood around, RouteUnit unit, KnownWorkload known) {
        return around.sidecar(known.workload()).listeners().values().stream()
                .filter(listener -> listener.allChains().stream().anyMatch(chain -> unit.isOrigin(chain.origin())))
                .map(Listener::port)
                .collect(Collectors.toSet());
    }
}
