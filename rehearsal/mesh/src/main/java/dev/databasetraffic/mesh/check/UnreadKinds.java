package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.resource.ConnectionRoute;
import dev.databasetraffic.mesh.resource.ConnectionRoute.Parent;
import dev.databasetraffic.mesh.resource.KubernetesGateway;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What speaks of traffic and is not modelled. */
final class UnreadKinds implements Inspection {

    private static final Set<String> SAY_NOTHING_OF_ROUTES = Set.of("Telemetry", "GatewayClass", "ReferenceGrant");

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        Stream<Finding> kinds = mesh.resources().unread().stream()
                .filter(manifest -> !SAY_NOTHING_OF_ROUTES.contains(manifest.kind()))
                .map(manifest -> finding(manifest, manifest.line(), manifest.kind()));
        Stream<Finding> gateways = mesh.resources().kubernetesGateways().stream()
                .filter(gateway -> !gateway.spec().gatewayClassName().equals(KubernetesGateway.WAYPOINT_CLASS))
                .map(Resource::manifest)
                .map(manifest -> finding(manifest, manifest.line(), "Gateway of the Gateway API"));
        Stream<Finding> parents = mesh.resources().connectionRoutes().stream().flatMap(UnreadKinds::ofOtherParents);
        return Stream.of(kinds, gateways, parents).flatMap(each -> each).toList();
    }

    private static Stream<Finding> ofOtherParents(Resource<ConnectionRoute> route) {
        String others = route.spec().parentRefs().stream()
                .filter(parent -> !parent.isInMesh())
                .map(Parent::kind)
                .distinct()
                .collect(Collectors.joining(" and a "));
        Manifest manifest = route.manifest();
        return others.isEmpty()
                ? Stream.empty()
                : Stream.of(finding(
                        manifest,
                        manifest.line("spec", "parentRefs"),
                        "%s for a %s".formatted(manifest.kind(), others)));
    }

    private static Finding finding(Manifest manifest, int line, String what) {
        return new Finding(
                Trap.NOT_READ,
                Severity.NOTE,
                manifest,
                line,
                what + " is not read here: what it changes in the mesh is not in this check.",
                "ask a proxy itself: istioctl proxy-config listeners <pod>");
    }
}
