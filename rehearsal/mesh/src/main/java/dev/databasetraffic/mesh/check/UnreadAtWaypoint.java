package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.model.WaypointKey;
import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a waypoint does not read a route: tries one cause after the other, the plainest first.
 *
 * @param host one that the rule is for
 */
record UnreadAtWaypoint(CheckedMesh mesh, RouteUnit unit, RegisteredHost host) {

    /** @return empty if another rule's finding tells of it */
    Optional<Finding> finding() {
        return Stream.<Supplier<Optional<Finding>>>of(
                        this::elsewhere,
                        this::forSomeCallers,
                        this::withoutPort,
                        this::ignored,
                        this::forOtherNames,
                        this::shadowed)
                .flatMap(cause -> cause.get().stream())
                .findFirst();
    }

    private Optional<Finding> elsewhere() {
        WaypointKey waypoint = mesh.model().waypointOf(host).orElseThrow();
        String namespace = unit.rule().namespace();
        return trapIf(
                !namespace.equals(host.namespace()) && !namespace.equals(waypoint.namespace()),
                "it reads rules in the namespaces of the host (%s) and of itself (%s) alone"
                        .formatted(host.namespace(), waypoint.namespace()),
                "put the rule into namespace " + host.namespace());
    }

    private Optional<Finding> forSomeCallers() {
        return trapIf(
                !unit.matches().isEmpty() && unit.matches().stream().allMatch(UnreadAtWaypoint::isForSomeCallers),
                "who calls is not known there, so that a match with sourceLabels or sourceNamespace holds for nobody",
                "take sourceLabels and sourceNamespace out of the match");
    }

    private static boolean isForSomeCallers(StaticMatch match) {
        return !match.sourceLabels().isEmpty() || !match.sourceNamespace().isEmpty();
    }

    private Optional<Finding> withoutPort() {
        return trapIf(
                matchedPorts().findAny().isEmpty(),
                "it is for another port than %s has (%s)"
                        .formatted(
                                host.hostname(),
                                host.ports().stream()
                                        .map(port -> String.valueOf(port.number()))
                                        .collect(Collectors.joining(", "))),
                "name a port of the host");
    }

    private Optional<Finding> ignored() {
        boolean requests = unit.section() == Section.HTTP;
        return trapIf(
                matchedPorts().allMatch(port -> UnreadCause.reads(port.protocol(), Section.HTTP) != requests),
                "it heeds http routes alone at ports that are HTTP, and tls and tcp routes at all others",
                requests ? "write a tcp route" : "write an http route");
    }

    private Stream<RegisteredHost.Port> matchedPorts() {
        return host.ports().stream().filter(port -> unit.matchesPort(port.number()));
    }

    private Optional<Finding> forOtherNames() {
        return trapIf(
                unit.section() == Section.TLS
                        && !unit.serverNames().equals(List.of(host.hostname().value())),
                "it takes a tls match with exactly one server name, the host's own, and this one has "
                        + unit.serverNames(),
                "write one rule for each host, with sniHosts: [%s]".formatted(host.hostname()));
    }

    /** Files do not say which is older: the pair is told of once, at the rule that is listed later. */
    private Optional<Finding> shadowed() {
        Optional<Rule> other = mesh.rulesOverlapping(host.hostname()).stream()
                .filter(rule -> !rule.manifest().replaces(unit.manifest()))
                .findFirst();
        if (other.isPresent()
                && mesh.isListedBefore(unit.manifest(), other.get().manifest())) {
            return Optional.empty();
        }
        return trapIf(
                true,
                other.map(rule -> "%s (%s) takes the same connections before it"
                                .formatted(rule.manifest(), Where.is(rule.manifest())))
                        .orElse("an earlier route takes the same connections, or it has no destination"),
                "keep one of them");
    }

    private Optional<Finding> trapIf(boolean so, String why, String mend) {
        return so
                ? Optional.of(new Finding(
                        Trap.NOT_AT_WAYPOINT,
                        Severity.TRAP,
                        unit.manifest(),
                        unit.line(),
                        "The waypoint of %s does not read it: %s.".formatted(host.hostname(), why),
                        mend))
                : Optional.empty();
    }
}
