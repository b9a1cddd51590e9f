package dev.databasetraffic.rehearsal.check;

import dev.databasetraffic.rehearsal.check.Finding.Severity;
import dev.databasetraffic.rehearsal.check.Host.Port;
import dev.databasetraffic.rehearsal.check.Host.Port.Protocol;
import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import java.util.ArrayList;
import java.util.List;

/** TLS routed to a port that the destination's own sidecar takes for HTTP. */
final class HttpNamedPort implements Rule {

    private static final long HTTPS = 443;

    @Override
    public List<Finding> findings(Mesh mesh) {
        List<Finding> findings = new ArrayList<>();
        for (Route route : mesh.routes()) {
            boolean carriesTls = route.section().equals("tls")
                    || (route.section().equals("tcp") && route.port() != null && route.port() == HTTPS);
            if (!carriesTls) {
                continue;
            }
            for (Destination destination : route.destinations()) {
                Host host = mesh.host(
                        Routes.qualified(destination.getHost(), route.manifest().namespace()));
                Port port =
                        host == null || !host.isService() ? null : MissingDestination.port(host, destination, route);
                if (host != null && port != null && port.protocol() == Protocol.HTTP) {
                    findings.add(new Finding(
                            Severity.TRAP,
                            "http-named-port",
                            host.declaredBy().file(),
                            host.declaredBy().line("spec", "ports", port.index()),
                            ("%s:%d sends TLS to this port, whose name or appProtocol says HTTP: %s's sidecar answers"
                                            + " the bytes itself, and the workload never sees them.")
                                    .formatted(route.manifest().file(), route.line(), host.name()),
                            "name the port tcp-…, or set appProtocol: tcp"));
                }
            }
        }
        return findings;
    }
}
