package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.RegisteredHost;
import java.util.List;
import java.util.Locale;

/** A host with capitals, told from others by its server name: Envoy has that of a greeting in lower case. */
final class CapitalHosts implements Inspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        return mesh.model().hosts().stream()
                .filter(host -> !host.isKubernetes() && host.address().equals(RegisteredHost.UNSPECIFIED))
                .filter(host ->
                        host.ports().stream().anyMatch(port -> port.protocol().isTls()))
                .filter(host -> !host.hostname().value().equals(lowerCase(host)))
                .map(host -> new Finding(
                        Trap.OTHER_CASE,
                        Severity.TRAP,
                        host.manifest(),
                        host.manifest().line("spec", "hosts"),
                        ("Server names are compared in lower case, and so no TLS connection is one to %s: they go on as if nobody"
                                        + " had declared the host, past every rule for it.")
                                .formatted(host.hostname()),
                        "write %s, here and in every rule for it".formatted(lowerCase(host))))
                .distinct()
                .toList();
    }

    private static String lowerCase(RegisteredHost host) {
        return host.hostname().value().toLowerCase(Locale.ROOT);
    }
}
