package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Origin;
import dev.databasetraffic.mesh.model.Protocol;
import dev.databasetraffic.mesh.model.RegisteredHost;

/** What to write in the place of a route that a port's protocol does not read. */
final class IgnoredRouteMend {

    private IgnoredRouteMend() {}

    static String of(RouteUnit unit, RegisteredHost host, RegisteredHost.Port port) {
        return unit.rule().isOfGatewayApi() ? ofGatewayApi(unit, host, port) : ofRule(unit, host, port);
    }

    private static String ofGatewayApi(RouteUnit unit, RegisteredHost host, RegisteredHost.Port port) {
        if (port.protocol().isTls()) {
            return "write a TLSRoute, which matches by server name: hostnames: [%s]".formatted(host.hostname());
        }
        return unit.section() == Origin.Section.TLS && !port.protocol().isHttp()
                ? "write a TCPRoute; or, if clients speak TLS there from the first byte, declare the port so"
                : "write an HTTPRoute";
    }

    private static String ofRule(RouteUnit unit, RegisteredHost host, RegisteredHost.Port port) {
        if (port.protocol().isTls()) {
            return "match by server name instead: tls: [{match: [{port: %d, sniHosts: [%s]}], route: [the same]}]"
                    .formatted(port.number(), host.hostname());
        }
        if (unit.section() == Origin.Section.TLS) {
            String declared = host.isKubernetes()
                    ? "name the Service's port tls-…, or set appProtocol: tls"
                    : "declare the port as protocol: TLS";
            return "if clients speak TLS there from the first byte, " + declared
                    + "; if not, route by port instead: tcp: [{match: [{port: %d}], route: [the same]}]"
                            .formatted(port.number());
        }
        return port.protocol() == Protocol.SNIFFED || port.protocol().isHttp()
                ? "write an http route: http: [{match: [{port: %d}], route: [the same]}]".formatted(port.number())
                : "route by port instead: tcp: [{match: [{port: %d}], route: [the same]}]".formatted(port.number());
    }
}
