package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.EnvoyRefusal;
import dev.databasetraffic.mesh.model.FilterChain;
import dev.databasetraffic.mesh.model.Origin;
import dev.databasetraffic.mesh.model.RouteText;
import dev.databasetraffic.mesh.model.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two matches for one server name, for which Envoy refuses the whole listener: all hosts of the port stay as they were. */
final class RefusedListeners implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (Workload workload : around.workloads()) {
            for (EnvoyRefusal refusal : around.sidecar(workload).refusals()) {
                List<FilterChain> chains = refusal.chains();
                if (!chains.isEmpty()
                        && chains.get(chains.size() - 1).origin() instanceof Origin.Route last
                        && last.manifest().equals(around.rule().manifest())) {
                    findings.putIfAbsent(refusal.why(), finding(refusal, last));
                }
            }
        }
        return List.copyOf(findings.values());
    }

    private static Finding finding(EnvoyRefusal refusal, Origin.Route last) {
        return new Finding(
                Trap.LISTENER_REFUSED,
                Severity.TRAP,
                last.manifest(),
                line(last),
                ("Envoy refuses the whole listener %s, because %s%s: every host on port %d stays as it was before, and new"
                                + " sidecars have no listener there at all.")
                        .formatted(
                                refusal.listener().name(),
                                refusal.why(),
                                refusal.chains().size() > 1
                                        ? first(refusal.chains().get(0).origin())
                                        : "",
                                refusal.listener().port()),
                "let each server name stand in one match alone, for each set of callers");
    }

    private static int line(Origin.Route route) {
        return RouteText.lineOfMatch(route.manifest(), route.section(), route.route(), route.match());
    }

    private static String first(Origin origin) {
        if (origin instanceof Origin.Route route) {
            return " (the other: " + route.manifest().file() + ":" + line(route) + ")";
        }
        return origin instanceof Origin.Declared declared ? " (the other: " + declared.host() + ")" : "";
    }
}
