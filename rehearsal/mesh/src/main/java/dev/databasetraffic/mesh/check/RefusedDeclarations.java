package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.EnvoyRefusal;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A declared host whose name Envoy does not take as a server name: it refuses the listener of that port with all its hosts. */
final class RefusedDeclarations implements Inspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        Map<Manifest, Finding> findings = new LinkedHashMap<>();
        mesh.model().hosts().stream()
                .filter(host ->
                        host.hostname().isWildcard() && !host.hostname().value().startsWith("*."))
                .forEach(host -> mesh.modelOf(mesh.declarations(Stream.of(host.hostname())))
                        .sidecar(new Workload(host.namespace(), Map.of()))
                        .refusals()
                        .forEach(refusal -> findings.putIfAbsent(host.manifest(), finding(host, refusal))));
        return List.copyOf(findings.values());
    }

    private static Finding finding(RegisteredHost host, EnvoyRefusal refusal) {
        return new Finding(
                Trap.LISTENER_REFUSED,
                Severity.TRAP,
                host.manifest(),
                host.manifest().line("spec", "hosts"),
                ("Envoy refuses the whole listener %s, because %s: every host on port %d stays as it was before, and new"
                                + " sidecars have no listener there at all.")
                        .formatted(
                                refusal.listener().name(),
                                refusal.why(),
                                refusal.listener().port()),
                "write \"*.%s\", and the name itself beside it if it is meant as well"
                        .formatted(host.hostname().value().substring(1)));
    }
}
