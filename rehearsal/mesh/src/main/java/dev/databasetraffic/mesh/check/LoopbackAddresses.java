package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.AddressRange;
import dev.databasetraffic.mesh.model.RegisteredHost;
import java.util.List;

/** A host at the pod's own loopback address: what goes there never leaves the pod, and passes no sidecar. */
final class LoopbackAddresses implements Inspection {

    private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        // A Sidecar may have the proxy itself listen there.
        boolean listens = mesh.resources().sidecars().stream()
                .flatMap(sidecar -> sidecar.spec().egress().stream())
                .anyMatch(egress -> egress.captureMode().equals("NONE") || AddressRange.isIn(LOOPBACK, egress.bind()));
        return listens
                ? List.of()
                : mesh.model().hosts().stream()
                        .filter(host -> AddressRange.isIn(LOOPBACK, host.address()))
                        .map(LoopbackAddresses::finding)
                        .toList();
    }

    private static Finding finding(RegisteredHost host) {
        return new Finding(
                Trap.NOT_CAPTURED,
                Severity.TRAP,
                host.manifest(),
                host.manifest().line("spec", "addresses"),
                "%s is at %s, the pod itself: connections there never pass a sidecar, and no rule for the host sees them."
                        .formatted(host.hostname(), host.address()),
                "declare the host that the process behind that address connects to, for its connections do pass the sidecar");
    }
}
