package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import java.util.List;
import java.util.Set;

/** What speaks of traffic and is not modelled. */
final class UnreadKinds implements Inspection {

    private static final Set<String> SAY_NOTHING_OF_ROUTES = Set.of("Telemetry", "GatewayClass", "ReferenceGrant");

    /** What a waypoint reads is looked at with each rule. */
    private static boolean isWaypoint(Manifest manifest) {
        return manifest.tree().at("/spec/gatewayClassName").asText().equals("istio-waypoint");
    }

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        return mesh.resources().unread().stream()
                .filter(manifest -> !SAY_NOTHING_OF_ROUTES.contains(manifest.kind()) && !isWaypoint(manifest))
                .map(manifest -> new Finding(
                        Trap.NOT_READ,
                        Severity.NOTE,
                        manifest,
                        manifest.line(),
                        manifest.kind() + " is not read here: what it changes in the mesh is not in this check.",
                        "ask a proxy itself: istioctl proxy-config listeners <pod>"))
                .toList();
    }
}
