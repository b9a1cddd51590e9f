package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A route that no sidecar reads, so that the mesh does the same without it; and why. */
final class UnreadRoutes implements RuleInspection {

    /** Causes that lie in the rule's hosts, and so are told once. */
    private static final Set<Trap> OF_ALL_ROUTES = EnumSet.of(Trap.UNDECLARED_HOST, Trap.OTHER_CASE, Trap.NOT_VISIBLE);

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        if (around.rule().isDelegate()) {
            return List.of(notRead(around.rule()));
        }
        List<Finding> findings = new ArrayList<>();
        Set<Trap> ofTheRule = EnumSet.noneOf(Trap.class);
        List<RouteUnit> units = RouteUnit.all(around.rule());
        if (units.isEmpty() && around.rule().isOfGatewayApi()) {
            findings.add(withoutMeaning(around.rule()));
        }
        for (RouteUnit unit : units) {
            if (unit.isForSidecars() && !unit.rule().gateways().contains(Rule.MESH)) {
                findings.add(notBound(unit.rule()));
            } else if (unit.isForSidecars()
                    && !Waypoints.areInFrontOf(mesh, unit.rule())
                    && !around.isReadBySidecars(unit)
                    && !isReadByGateway(mesh, unit)) {
                Finding finding = new UnreadCause(mesh, around, unit).finding();
                if (finding != null && (!OF_ALL_ROUTES.contains(finding.trap()) || ofTheRule.add(finding.trap()))) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }

    private static Finding notRead(Rule rule) {
        return new Finding(
                Trap.NOT_READ,
                Severity.NOTE,
                rule.manifest(),
                rule.manifest().line("spec"),
                "A VirtualService without hosts is a delegate: its routes count in the rule that delegates to it, and that is"
                        + " not read here.",
                "ask a proxy itself: istioctl proxy-config routes <pod>");
    }

    /** What a match names counts among those alone that the rule is bound to. */
    private static Finding notBound(Rule rule) {
        return new Finding(
                Trap.NOT_BOUND_TO_MESH,
                Severity.TRAP,
                rule.manifest(),
                rule.manifest().line("spec", "gateways"),
                "A match is for sidecars (mesh), and the rule is bound to %s alone: no sidecar reads it, and what workloads"
                                .formatted(rule.gateways().stream()
                                        .sorted()
                                        .map("Gateway "::concat)
                                        .collect(Collectors.joining(", ")))
                        + " send goes past it.",
                "add mesh to spec.gateways, or take it out of the match");
    }

    private static Finding withoutMeaning(Rule rule) {
        return new Finding(
                Trap.MISSING_DESTINATION,
                Severity.TRAP,
                rule.manifest(),
                rule.manifest().line("spec", "rules"),
                "istiod takes none of its rules, and traffic goes on as if they did not exist: one of the backends has no"
                        + " port, names a Service by more than its name, or a Hostname with a namespace.",
                "write a backend as {name: <service>, namespace: <its namespace>, port: <number>}, or a host outside as"
                        + " {group: networking.istio.io, kind: Hostname, name: <host>, port: <number>}");
    }

    /** A match without gateways in a rule for both may be meant for the gateway alone. */
    private static boolean isReadByGateway(CheckedMesh mesh, RouteUnit unit) {
        return unit.gateways().stream()
                .filter(name -> !name.equals(Rule.MESH))
                .anyMatch(name -> GatewayView.of(mesh, name, unit.rule())
                        .map(view -> view.reads(unit))
                        .orElse(true));
    }
}
