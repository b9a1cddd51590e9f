package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.resource.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A route to a port that takes the bytes for something else: TLS to one that is named http, plain HTTP to one with TLS. */
final class MismatchedPorts implements RuleInspection {

    private static final int HTTPS = 443;

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            List<ProxyConfiguration> proxies = around.workloads().stream()
                    .map(around::sidecar)
                    .filter(each -> Neighbourhood.isRead(unit, each))
                    .limit(1)
                    .toList();
            for (int i = 0; i < unit.route().size(); i++) {
                for (ProxyConfiguration proxy : proxies) {
                    Finding finding = finding(mesh, unit, i, proxy);
                    if (finding != null) {
                        findings.add(finding);
                    }
                }
                findings.addAll(atGateways(mesh, unit, i));
            }
        }
        return findings;
    }

    /** A gateway sends requests on to a host outside, and begins no TLS where the host expects it. */
    private static List<Finding> atGateways(CheckedMesh mesh, RouteUnit unit, int i) {
        boolean leadsOut =
                mesh
                        .hostsOverlapping(unit.rule()
                                .destination(unit.route().get(i).destination().host()))
                        .stream()
                        .anyMatch(RegisteredHost::external);
        if (unit.section() != Section.HTTP || !leadsOut) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (String name : unit.gateways()) {
            GatewayView view = GatewayView.of(mesh, name, unit.rule())
                    .filter(each -> each.reads(unit))
                    .orElse(null);
            RegisteredHost host = view == null
                    ? null
                    : view.proxy()
                            .hosts()
                            .get(unit.rule()
                                    .destination(
                                            unit.route().get(i).destination().host()));
            if (view == null || host == null || host.isKubernetes() || !host.external()) {
                continue;
            }
            Finding finding = finding(mesh, unit, i, view.proxy());
            if (finding != null) {
                findings.add(hint(mesh, host, view.workload().namespace(), finding));
            }
        }
        return findings;
    }

    /** The DestinationRule may be there, and for others. */
    private static Finding hint(CheckedMesh mesh, RegisteredHost host, String namespace, Finding finding) {
        return mesh.resources().destinationRules().stream()
                .filter(rule -> rule.spec().host().equals(host.hostname().value()))
                .filter(rule -> !rule.spec().exportTo().isEmpty()
                        && !rule.spec().exportTo().contains("*")
                        && !rule.spec().exportTo().contains(namespace))
                .findFirst()
                .map(rule -> new Finding(
                        finding.trap(),
                        finding.severity(),
                        finding.manifest(),
                        finding.line(),
                        finding.why()
                                + " %s (%s) is not exported to namespace %s, where the gateway is."
                                        .formatted(rule.manifest(), Where.is(rule.manifest()), namespace),
                        "add %s to exportTo of that DestinationRule".formatted(namespace)))
                .orElse(finding);
    }

    private static @Nullable Finding finding(CheckedMesh mesh, RouteUnit unit, int i, ProxyConfiguration proxy) {
        Destination to = unit.route().get(i).destination();
        RegisteredHost host = proxy.hosts().get(unit.rule().destination(to.host()));
        if (host == null) {
            return null;
        }
        RegisteredHost.Port port = host.port(DeadEnds.port(to, host, unit, proxy));
        if (port == null) {
            return null;
        }
        String bytes = bytes(unit, proxy);
        if (bytes != null && host.isKubernetes() && port.protocol().isHttp() && !isGateway(mesh, host)) {
            return new Finding(
                    Trap.HTTP_NAMED_PORT,
                    Severity.TRAP,
                    host.manifest(),
                    host.manifest().line("spec", "ports", host.ports().indexOf(port)),
                    ("%s:%d sends %s to this port, whose name or appProtocol says HTTP: %s's sidecar answers the bytes"
                                    + " itself, and the workload never sees them.")
                            .formatted(unit.manifest().file(), unit.line(), bytes, host.hostname()),
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
                    ("have the proxy speak the TLS: a DestinationRule for %s with portLevelSettings: [{port: {number: %d},"
                                    + " tls: {mode: SIMPLE}}]")
                            .formatted(host.hostname(), port.number()));
        }
        return null;
    }

    /** What a gateway expects is for its Gateways to say. */
    private static boolean isGateway(CheckedMesh mesh, RegisteredHost host) {
        return mesh.gateways().values().stream()
                .anyMatch(gateway -> GatewayView.isBehind(host, gateway.spec().selector()));
    }

    /** What the route's connections carry, if that is surely no plain HTTP; else null. */
    private static @Nullable String bytes(RouteUnit unit, ProxyConfiguration proxy) {
        if (unit.section() == Section.TLS || unit.section() == Section.TCP && isForHttps(unit)) {
            return "TLS";
        }
        return unit.section() == Section.HTTP
                ? null
                : unit.rule().hosts().stream()
                        .map(proxy.hosts()::get)
                        .filter(Objects::nonNull)
                        .flatMap(host -> host.ports().stream())
                        .filter(port -> unit.matchesPort(port.number())
                                && !port.protocol().isHttp())
                        .flatMap(port -> WellKnownPort.of(port).stream())
                        .map(WellKnownPort::title)
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isForHttps(RouteUnit unit) {
        return unit.matches().stream().anyMatch(match -> match.port() == HTTPS);
    }
}
