package dev.databasetraffic.rehearsal.check;

import dev.databasetraffic.rehearsal.check.Finding.Severity;
import dev.databasetraffic.rehearsal.check.Host.Port;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code tcp} or {@code http} route for a port that carries TLS. Sidecars take only {@code tls} routes for such a
 * port (istiod, pilot/pkg/networking/core/tls.go), so the rule is accepted, validated and without any effect.
 */
final class IgnoredRoute implements Rule {

    @Override
    public List<Finding> findings(Mesh mesh) {
        List<Finding> findings = new ArrayList<>();
        for (Route route : mesh.routes()) {
            for (String name : route.hosts()) {
                Host host = mesh.host(name);
                if (host != null && ignores(host, route)) {
                    findings.add(finding(route, host, matched(host, route).get(0)));
                }
            }
        }
        return findings;
    }

    /** Whether sidecars ignore the route as far as this host is concerned. */
    static boolean ignores(Host host, Route route) {
        List<Port> matched = matched(host, route);
        return !route.section().equals("tls")
                && route.isForSidecars()
                && !matched.isEmpty()
                && matched.stream().allMatch(port -> port.protocol() == Port.Protocol.TLS);
    }

    private static List<Port> matched(Host host, Route route) {
        return host.ports().stream()
                .filter(port -> route.port() == null || route.port() == port.number())
                .toList();
    }

    private static Finding finding(Route route, Host host, Port port) {
        return new Finding(
                Severity.TRAP,
                "ignored-route",
                route.manifest().file(),
                route.line(),
                ("This %s route does nothing: port %d of %s carries TLS (%s:%d), and sidecars heed tls routes alone."
                                + " The traffic goes on to %s as if the rule did not exist.")
                        .formatted(
                                route.section(),
                                port.number(),
                                host.name(),
                                host.declaredBy().file(),
                                host.declaredBy().line("spec", "ports", port.index()),
                                host.name()),
                "match by server name instead: tls: [{match: [{port: %d, sniHosts: [%s]}], route: [the same]}]"
                        .formatted(port.number(), host.name()));
    }
}
