package dev.databasetraffic.rehearsal.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.L4MatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.RouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.TCPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.fabric8.istio.api.networking.v1.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes a VirtualService apart into its routes. */
final class Routes {

    private final Manifest manifest;
    private final io.fabric8.istio.api.api.networking.v1alpha3.VirtualService spec;
    private final List<String> hosts;
    private final Set<String> exportTo;
    private final List<Route> routes = new ArrayList<>();

    private Routes(Manifest manifest, io.fabric8.istio.api.api.networking.v1alpha3.VirtualService spec) {
        this.manifest = manifest;
        this.spec = spec;
        this.hosts = list(spec.getHosts()).stream()
                .map(host -> qualified(host, manifest.namespace()))
                .toList();
        List<String> exported = list(spec.getExportTo());
        this.exportTo = exported.isEmpty()
                ? Set.of("*")
                : exported.stream()
                        .map(namespace -> namespace.equals(".") ? manifest.namespace() : namespace)
                        .collect(Collectors.toSet());
    }

    static List<Route> of(Manifest manifest) throws ManifestException {
        var spec = manifest.as(VirtualService.class).getSpec();
        return spec == null ? List.of() : new Routes(manifest, spec).read();
    }

    /** A name without a dot is a Service of the manifest's own namespace. */
    static String qualified(String host, String namespace) {
        return host.contains(".") || host.equals("*") ? host : host + "." + namespace + ".svc.cluster.local";
    }

    private List<Route> read() {
        int index = 0;
        for (TLSRoute route : list(spec.getTls())) {
            List<Destination> to = destinations(route.getRoute(), RouteDestination::getDestination);
            for (TLSMatchAttributes match : list(route.getMatch())) {
                add(
                        "tls",
                        index,
                        list(match.getSniHosts()),
                        match.getPort(),
                        match.getGateways(),
                        match.getSourceLabels(),
                        match.getSourceNamespace(),
                        to);
            }
            index++;
        }
        index = 0;
        for (TCPRoute route : list(spec.getTcp())) {
            List<Destination> to = destinations(route.getRoute(), RouteDestination::getDestination);
            for (L4MatchAttributes match : orAny(route.getMatch(), new L4MatchAttributes())) {
                add(
                        "tcp",
                        index,
                        hosts,
                        match.getPort(),
                        match.getGateways(),
                        match.getSourceLabels(),
                        match.getSourceNamespace(),
                        to);
            }
            index++;
        }
        index = 0;
        for (HTTPRoute route : list(spec.getHttp())) {
            List<Destination> to = destinations(route.getRoute(), HTTPRouteDestination::getDestination);
            for (HTTPMatchRequest match : orAny(route.getMatch(), new HTTPMatchRequest())) {
                add(
                        "http",
                        index,
                        hosts,
                        match.getPort(),
                        match.getGateways(),
                        match.getSourceLabels(),
                        match.getSourceNamespace(),
                        to);
            }
            index++;
        }
        return routes;
    }

    private void add(
            String section,
            int index,
            List<String> matched,
            @Nullable Long port,
            @Nullable List<String> ownGateways,
            @Nullable Map<String, String> sourceLabels,
            @Nullable String sourceNamespace,
            List<Destination> to) {
        List<String> gateways = orAny(list(ownGateways).isEmpty() ? spec.getGateways() : ownGateways, Route.MESH);
        routes.add(new Route(
                manifest,
                section,
                index,
                matched,
                port,
                Set.copyOf(gateways),
                Objects.requireNonNullElse(sourceLabels, Map.of()),
                sourceNamespace,
                exportTo,
                to));
    }

    private static <T> List<Destination> destinations(
            @Nullable List<T> routes, Function<T, @Nullable Destination> destination) {
        return list(routes).stream().map(destination).filter(Objects::nonNull).toList();
    }

    private static <T> List<T> orAny(@Nullable List<T> given, T any) {
        return list(given).isEmpty() ? List.of(any) : list(given);
    }

    private static <T> List<T> list(@Nullable List<T> given) {
        return given == null ? List.of() : given;
    }
}
