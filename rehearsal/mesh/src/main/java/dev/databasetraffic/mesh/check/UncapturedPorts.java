package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A rule for traffic that leaves the workload's pods without passing their sidecar. */
final class UncapturedPorts implements RuleInspection {

    private static final String INJECTION = "istio-injection";

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            List<KnownWorkload> readers = mesh.workloads().stream()
                    .filter(known -> around.workloads().contains(known.workload()))
                    .filter(known -> !listeners(around, unit, known).isEmpty())
                    .toList();
            List<String> ways = readers.stream()
                    .map(known -> wayAround(mesh, around, unit, known))
                    .filter(Objects::nonNull)
                    .toList();
            if (!readers.isEmpty() && ways.size() == readers.size()) {
                findings.add(finding(unit, readers.get(0), ways.get(0)));
            }
        }
        return findings;
    }

    /** How its connections to all that the route is for leave the pod, null if any passes the sidecar. */
    private static @Nullable String wayAround(
            CheckedMesh mesh, Neighbourhood around, RouteUnit unit, KnownWorkload known) {
        String without = withoutSidecar(mesh, known);
        // Where the route does not say whom it is for, the workload may be the end of the traffic rather than its
        // beginning.
        if (without != null && unit.namesCallers()) {
            return without;
        }
        String last = null;
        for (Listener listener : listeners(around, unit, known)) {
            last = known.capture().wayAround(listener.address(), listener.port());
            if (last == null) {
                return null;
            }
        }
        return last;
    }

    private static @Nullable String withoutSidecar(CheckedMesh mesh, KnownWorkload known) {
        boolean asked = known.capture().asksForSidecar();
        boolean disabled = mesh.resources().namespaces().stream()
                .filter(namespace -> namespace.name().equals(known.workload().namespace()))
                .anyMatch(namespace ->
                        "disabled".equals(namespace.manifest().labels().get(INJECTION)));
        return disabled && !asked ? INJECTION + ": disabled" : known.capture().withoutSidecar();
    }

    private static List<Listener> listeners(Neighbourhood around, RouteUnit unit, KnownWorkload known) {
        return around.sidecar(known.workload()).listeners().values().stream()
                .filter(listener -> listener.allChains().stream().anyMatch(chain -> unit.isOrigin(chain.origin())))
                .toList();
    }

    private static Finding finding(RouteUnit unit, KnownWorkload known, String way) {
        return new Finding(
                Trap.NOT_CAPTURED,
                Severity.TRAP,
                unit.manifest(),
                unit.line(),
                "What %s (%s) sends there leaves its pods without passing a sidecar, because of %s: this route never sees the traffic."
                        .formatted(known.manifest(), Where.is(known.manifest()), way),
                "take that out of the pod's template or its namespace, and restart the pods");
    }
}
