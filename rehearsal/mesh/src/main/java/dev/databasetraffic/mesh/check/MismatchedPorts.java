package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.resource.Destination;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A route to a port that takes the bytes for something else: TLS to one that is named http, plain HTTP to one with TLS. */
final class MismatchedPorts implements RuleInspection {

    private static final int HTTPS = 443;

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            ProxyConfiguration proxy = around.workloads().stream()
                    .map(around::sidecar)
                    .filter(each -> Neighbourhood.isRead(unit, each))
                    .findFirst()
                    .orElse(null);
            for (int i = 0; proxy != null && i < unit.route().size(); i++) {
                Finding finding = finding(unit, i, proxy);
                if (finding != null) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }

    private static @Nullable Finding finding(RouteUnit unit, int i, ProxyConfiguration proxy) {
        Destination to = unit.route().get(i).destination();
        RegisteredHost host = proxy.hosts().get(unit.rule().destination(to.host()));
        if (host == null) {
            return null;
        }
        RegisteredHost.Port port = host.port(DeadEnds.port(to, host, unit, proxy));
        if (port == null) {
            return null;
        }
        boolean bytes = unit.section() == Section.TLS || unit.section() == Section.TCP && isForHttps(unit);
        if (bytes && host.isKubernetes() && port.protocol().isHttp()) {
            return new Finding(
                    Trap.HTTP_NAMED_PORT,
                    Severity.TRAP,
                    host.manifest(),
                    host.manifest().line("spec", "ports", host.ports().indexOf(port)),
                    ("%s:%d sends TLS to this port, whose name or appProtocol says HTTP: %s's sidecar answers the bytes"
                                    + " itself, and the workload never sees them.")
                            .formatted(unit.manifest().file(), unit.line(), host.hostname()),
                    "name the port tcp-…, or set appProtocol: tcp");
        }
        Cluster cluster = proxy.clusters().get(host.cluster(to.subset(), port.number()));
        if (unit.section() == Section.HTTP && port.protocol().isTls() && cluster != null && cluster.tls() == null) {
            return new Finding(
                    Trap.PLAINTEXT_TO_TLS,
                    Severity.TRAP,
                    unit.manifest(),
                    unit.lineOfDestination(i),
                    "Plain HTTP goes to port %d of %s, which expects TLS (%s): the host refuses it or closes."
                            .formatted(
                                    port.number(),
                                    host.hostname(),
                                    Where.is(
                                            host.manifest(),
                                            "spec",
                                            "ports",
                                            host.ports().indexOf(port))),
                    ("have the sidecar speak the TLS: a DestinationRule for %s with portLevelSettings: [{port: {number: %d},"
                                    + " tls: {mode: SIMPLE}}]")
                            .formatted(host.hostname(), port.number()));
        }
        return null;
    }

    private static boolean isForHttps(RouteUnit unit) {
        return unit.matches().stream().anyMatch(match -> match.port() == HTTPS);
    }
}
