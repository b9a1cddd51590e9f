package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Protocol;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.RegisteredHost.Port;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ports of databases and mail servers, declared as what these do not begin with: TLS, HTTP, or anything to be guessed. */
final class MisnamedPorts implements Inspection {

    private static final String MEND =
            "protocol: TCP, with addresses: [those that the host has], and tcp routes in rules for it";

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        List<Finding> findings = new ArrayList<>();
        Set<Manifest> seen = new LinkedHashSet<>();
        for (RegisteredHost host : mesh.model().hosts()) {
            if (!seen.add(host.manifest())) {
                continue;
            }
            for (int i = 0; i < host.ports().size(); i++) {
                Port port = host.ports().get(i);
                String why = WellKnownPort.of(port)
                        .map(known -> why(mesh, host, port, known))
                        .orElse(null);
                if (why != null) {
                    findings.add(finding(host, i, why));
                }
            }
        }
        return findings;
    }

    private static @Nullable String why(CheckedMesh mesh, RegisteredHost host, Port port, WellKnownPort known) {
        boolean looksAtTls = port.protocol().isTls() && known.hasLateTls() && isToldByServerName(mesh, host);
        boolean guesses = port.protocol() == Protocol.SNIFFED && known.isServerFirst();
        if (!looksAtTls && !guesses && !port.protocol().isHttp()) {
            return null;
        }
        String waitsFor = port.protocol().isTls() ? "a server name in a TLS greeting" : "what the client says first";
        if (known.isServerFirst()) {
            return ("On port %d of %s sidecars wait for %s, and the client waits for the server, which speaks first in %s:"
                            + " connections hang until the client gives up.")
                    .formatted(port.number(), host.hostname(), waitsFor, known.title());
        }
        String begins = port.protocol().isTls()
                ? "%s's clients greet with TLS only after they asked for it in their own protocol: sidecars see no server"
                                .formatted(known.title())
                        + " name"
                : "%s is not the HTTP that sidecars expect".formatted(known.title());
        return ("On port %d of %s %s, and the connections go on as if nobody had declared the host: past every rule for it,"
                        + " and closed where the mesh is REGISTRY_ONLY.")
                .formatted(port.number(), host.hostname(), begins);
    }

    /** Where the address tells hosts apart, it is a rule by server name that makes sidecars look for one. */
    private static boolean isToldByServerName(CheckedMesh mesh, RegisteredHost host) {
        return !host.isKubernetes() && host.address().equals(RegisteredHost.UNSPECIFIED)
                || mesh.rulesOverlapping(host.hostname()).stream()
                        .anyMatch(rule -> !rule.spec().tls().isEmpty());
    }

    private static Finding finding(RegisteredHost host, int index, String why) {
        return new Finding(
                Trap.MISNAMED_PORT,
                Severity.TRAP,
                host.manifest(),
                host.isKubernetes()
                        ? host.manifest().line("spec", "ports", index)
                        : host.manifest().line("spec", "ports", index, "protocol"),
                why,
                host.isKubernetes()
                        ? "name the port tcp-…, or set appProtocol: tcp, with tcp routes in rules for it"
                        : MEND);
    }
}
