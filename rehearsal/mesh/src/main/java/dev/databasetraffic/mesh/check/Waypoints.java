package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Origin;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.RequestRoute;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.model.WaypointChain;
import dev.databasetraffic.mesh.model.WaypointConfiguration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A route for hosts that a waypoint is in front of, and that no waypoint reads. */
final class Waypoints implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        if (areInFrontOf(mesh, around.rule())) {
            List<RegisteredHost> hosts = hosts(mesh, around.rule());
            for (RouteUnit unit : RouteUnit.all(around.rule())) {
                if (unit.isForSidecars() && !isRead(unit, hosts, around)) {
                    new UnreadAtWaypoint(mesh, unit, hosts.get(0)).finding().ifPresent(findings::add);
                }
            }
        }
        return findings;
    }

    /** Whether every host of the rule that the files declare has one. */
    static boolean areInFrontOf(CheckedMesh mesh, Rule rule) {
        List<RegisteredHost> hosts = hosts(mesh, rule);
        return !hosts.isEmpty()
                && hosts.stream().allMatch(host -> mesh.model().waypointOf(host).isPresent());
    }

    private static List<RegisteredHost> hosts(CheckedMesh mesh, Rule rule) {
        return rule.hosts().stream()
                .flatMap(host -> mesh.hostsOverlapping(host).stream())
                .toList();
    }

    private static boolean isRead(RouteUnit unit, List<RegisteredHost> hosts, Neighbourhood around) {
        return hosts.stream()
                .flatMap(host -> around.model().waypointOf(host).stream())
                .distinct()
                .flatMap(key -> origins(around.model().waypoint(key)))
                .anyMatch(unit::isOrigin);
    }

    private static Stream<Origin> origins(WaypointConfiguration waypoint) {
        return Stream.concat(
                waypoint.chains().stream().map(WaypointChain::origin),
                waypoint.requests().values().stream()
                        .flatMap(Collection::stream)
                        .map(RequestRoute::origin));
    }
}
