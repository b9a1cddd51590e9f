package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Listener;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.RegisteredHost.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rule that takes a port of every host: its host has neither an address nor a resolution, so that without the rule
 * connections go where they were meant to, and with it all of them go where it leads.
 */
final class WholePorts implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            boolean leadsAway = unit.section() == Section.TCP
                    && unit.route().stream()
                            .anyMatch(to -> !unit.rule()
                                    .names(unit.rule()
                                            .destination(to.destination().host())));
            if (leadsAway) {
                taken(mesh, around, unit).ifPresent(port -> findings.add(finding(unit, port)));
            }
        }
        return findings;
    }

    private static Optional<Integer> taken(CheckedMesh mesh, Neighbourhood around, RouteUnit unit) {
        boolean passedOn = unit.rule().hosts().stream()
                .flatMap(host -> mesh.hostsOverlapping(host).stream())
                .allMatch(host -> host.external()
                        && !host.isKubernetes()
                        && host.resolution() == Resolution.NONE
                        && host.address().equals(RegisteredHost.UNSPECIFIED));
        return !passedOn
                ? Optional.empty()
                : around.workloads().stream()
                        .flatMap(workload -> around.sidecar(workload).listeners().values().stream())
                        .filter(listener -> listener.address().equals(RegisteredHost.UNSPECIFIED))
                        .filter(listener -> listener.allChains().stream()
                                .anyMatch(chain -> unit.isOrigin(chain.origin())
                                        && chain.ranges().isEmpty()))
                        .map(Listener::port)
                        .findFirst();
    }

    private static Finding finding(RouteUnit unit, int port) {
        return new Finding(
                Trap.CATCHES_EVERY_HOST,
                Severity.TRAP,
                unit.manifest(),
                unit.line(),
                ("It takes the connections to every host on port %d, not those to %s alone: without a server name or an"
                                + " address, nothing tells them apart.")
                        .formatted(port, String.join(", ", unit.rule().spec().hosts())),
                "name the hosts' addresses in the ServiceEntry's addresses, or their ranges in destinationSubnets of the"
                        + " match; or protocol: TLS if clients speak TLS from the first byte");
    }
}
