package dev.databasetraffic.rehearsal.check;

import dev.databasetraffic.rehearsal.check.Finding.Severity;
import dev.databasetraffic.rehearsal.check.Host.Port;
import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A route to a host, port or subset that does not exist: the sidecar resets every connection (access log flag NC). */
final class MissingDestination implements Rule {

    private static final String NAME = "missing-destination";

    @Override
    public List<Finding> findings(Mesh mesh) {
        List<Finding> findings = new ArrayList<>();
        Set<String> doubted = new HashSet<>();
        for (Route route : mesh.routes()) {
            for (int i = 0; i < route.destinations().size(); i++) {
                Finding finding = finding(mesh, route, i);
                if (finding != null && (finding.severity() == Severity.TRAP || doubted.add(finding.why()))) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }

    private static @Nullable Finding finding(Mesh mesh, Route route, int index) {
        Destination to = route.destinations().get(index);
        String name = Routes.qualified(to.getHost(), route.manifest().namespace());
        Host host = mesh.host(name);
        if (host == null) {
            return found(
                    mesh.shouldDeclare(name) ? Severity.TRAP : Severity.UNKNOWN,
                    route,
                    index,
                    "Nothing among these files declares the destination " + name + ".",
                    mesh.isInCluster(name) || name.contains(".svc.")
                            ? "name a Service that exists, in full: <service>.<namespace>.svc.cluster.local; or give"
                                    + " the file that declares it to this check as well"
                            : "write a Service in full, <service>.<namespace>.svc.cluster.local (a name with a dot is"
                                    + " not completed); or declare the host with a ServiceEntry");
        }
        if (!host.ports().isEmpty() && port(host, to, route) == null) {
            return found(
                    Severity.TRAP,
                    route,
                    index,
                    "%s has no port %s; it has %s (%s:%d)."
                            .formatted(
                                    name,
                                    to.getPort() == null
                                            ? String.valueOf(route.port())
                                            : String.valueOf(to.getPort().getNumber()),
                                    host.ports().stream().map(Port::number).toList(),
                                    host.declaredBy().file(),
                                    host.declaredBy().line("spec", "ports")),
                    "name one of them in the destination's port.number");
        }
        return to.getSubset() == null || to.getSubset().isEmpty()
                ? null
                : subset(mesh, route, index, name, to.getSubset());
    }

    private static @Nullable Finding subset(Mesh mesh, Route route, int index, String host, String subset) {
        boolean defined = mesh.rulesFor(host)
                .map(rule -> rule.spec().getSubsets())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .anyMatch(each -> subset.equals(each.getName()));
        if (defined) {
            return null;
        }
        boolean ruled = mesh.rulesFor(host).findAny().isPresent();
        return found(
                ruled ? Severity.TRAP : Severity.UNKNOWN,
                route,
                index,
                "No DestinationRule among these files defines subset " + subset + " of " + host + ".",
                "define the subset, or give the file that does to this check as well");
    }

    /** The port a destination means: the one it names, the only one there is, or the one that the route matched. */
    static @Nullable Port port(Host host, Destination destination, Route route) {
        if (destination.getPort() != null && destination.getPort().getNumber() != null) {
            return host.port(destination.getPort().getNumber());
        }
        if (host.ports().size() == 1 || route.port() == null) {
            return host.ports().isEmpty() ? null : host.ports().get(0);
        }
        return host.port(route.port());
    }

    private static Finding found(Severity severity, Route route, int index, String why, String mend) {
        String consequence = severity == Severity.TRAP ? " Connections are reset." : "";
        return new Finding(
                severity,
                NAME,
                route.manifest().file(),
                route.manifest().line("spec", route.section(), route.index(), "route", index, "destination"),
                why + consequence,
                mend);
    }
}
