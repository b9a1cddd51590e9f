package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.resource.ConnectionRoute;

/** Where in its file a route stands: in a section of a VirtualService, or among the rules of a TLSRoute or TCPRoute. */
public final class RouteText {

    private RouteText() {}

    public static int line(Manifest manifest, Section section, int route) {
        return isOfGatewayApi(manifest)
                ? manifest.line("spec", "rules", route)
                : manifest.line("spec", section.member(), route);
    }

    /** The line of a match, or of the route if it has none of its own. */
    public static int lineOfMatch(Manifest manifest, Section section, int route, int match) {
        return isOfGatewayApi(manifest)
                ? manifest.line("spec", "rules", route)
                : manifest.line("spec", section.member(), route, "match", match);
    }

    public static int lineOfDestination(Manifest manifest, Section section, int route, int destination) {
        return isOfGatewayApi(manifest)
                ? manifest.line("spec", "rules", route, "backendRefs", written(manifest, route, destination))
                : manifest.line("spec", section.member(), route, "route", destination, "destination");
    }

    public static int lineOfHosts(Manifest manifest) {
        return manifest.line("spec", isOfGatewayApi(manifest) ? "parentRefs" : "hosts");
    }

    /** The index of a backend among those that are written, of which the ones without weight are not heard. */
    private static int written(Manifest manifest, int route, int heard) {
        int left = heard;
        int index = 0;
        for (var backend : manifest.tree().at("/spec/rules/%d/backendRefs".formatted(route))) {
            if (backend.path("weight").asInt(1) > 0 && left-- == 0) {
                return index;
            }
            index++;
        }
        return 0;
    }

    private static boolean isOfGatewayApi(Manifest manifest) {
        return manifest.group().equals(ConnectionRoute.GROUP);
    }
}
