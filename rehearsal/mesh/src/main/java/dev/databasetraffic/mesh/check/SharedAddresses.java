package dev.databasetraffic.mesh.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.RegisteredHost.Port;
import dev.databasetraffic.mesh.model.RegisteredHost.Resolution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two hosts at one address and port whose connections nothing tells apart: the first of them gets those of both. */
final class SharedAddresses implements Inspection {

    private record Socket(String address, int port) {}

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        Map<Socket, RegisteredHost> first = new LinkedHashMap<>();
        Map<RegisteredHost, Finding> findings = new LinkedHashMap<>();
        for (RegisteredHost host : mesh.model().hosts()) {
            for (Port port : host.ports()) {
                if (!isToldByAddressAlone(host, port)) {
                    continue;
                }
                RegisteredHost other = first.putIfAbsent(new Socket(host.address(), port.number()), host);
                if (other != null && !other.hostname().equals(host.hostname()) && seesBoth(mesh, host, other)) {
                    Severity severity = severity(mesh, host, other);
                    if (severity != null) {
                        findings.putIfAbsent(host, finding(severity, host, other, port));
                    }
                }
            }
        }
        return List.copyOf(findings.values());
    }

    /** Whoever has resolution NONE reaches where it meant to go, whichever of the two its connection is taken for. */
    private static boolean isToldByAddressAlone(RegisteredHost host, Port port) {
        return host.resolution() != Resolution.NONE
                && !host.address().equals(RegisteredHost.UNSPECIFIED)
                && port.protocol().isTcp()
                && !port.protocol().isTls();
    }

    private static boolean seesBoth(CheckedMesh mesh, RegisteredHost one, RegisteredHost other) {
        return mesh.model().isVisible(one, other.namespace()) || mesh.model().isVisible(other, one.namespace());
    }

    /**
     * Two names of one server are no harm, as long as no rule is for one of them.
     *
     * @return null if both names surely are of one server
     */
    private static @Nullable Severity severity(CheckedMesh mesh, RegisteredHost one, RegisteredHost other) {
        boolean ruled = Stream.of(one, other)
                .anyMatch(host -> !mesh.rulesOverlapping(host.hostname()).isEmpty());
        if (ruled || !endpoints(one).equals(endpoints(other))) {
            return Severity.TRAP;
        }
        return endpoints(one).isEmpty() ? Severity.UNKNOWN : null;
    }

    private static JsonNode endpoints(RegisteredHost host) {
        return host.manifest().tree().at("/spec/endpoints");
    }

    private static Finding finding(Severity severity, RegisteredHost host, RegisteredHost other, Port port) {
        return new Finding(
                Trap.SHARED_ADDRESS,
                severity,
                host.manifest(),
                host.manifest().line("spec", "addresses"),
                ("%s has address %s and port %d as well (%s), and nothing else tells their connections apart: whichever was"
                                + " declared first gets those of both.")
                        .formatted(other.hostname(), host.address(), port.number(), Where.is(other.manifest())),
                "give each of them an address of its own, or one ServiceEntry with both endpoints");
    }
}
