package dev.databasetraffic.mesh.router;

import static java.util.Objects.requireNonNullElse;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import io.fabric8.istio.api.api.networking.v1alpha3.RouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePort;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.VirtualService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The filter chains that istiod gives a sidecar for one port that carries TLS. Follows istiod's
 * {@code pilot/pkg/networking/core/tls.go}: on a port of protocol TLS or HTTPS only {@code tls} routes count, each match
 * makes a chain of its own, and a ServiceEntry without a matching route gets a chain to itself.
 */
final class Routes {

    private static final String GROUP = "networking.istio.io";
    private static final String MESH = "mesh";
    private static final Set<String> PASSES_TLS_THROUGH = Set.of("TLS", "HTTPS");

    private final int port;
    private final Workload workload;
    private final OutboundTraffic unknownHosts;
    private final Map<String, String> protocols = new LinkedHashMap<>();
    private final Map<String, FilterChain> chains = new LinkedHashMap<>();
    private final Map<String, Manifest> claims = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Routes(int port, Workload workload, OutboundTraffic unknownHosts) {
        this.port = port;
        this.workload = workload;
        this.unknownHosts = unknownHosts;
    }

    /**
     * @param manifests in the order in which they were applied; a later one replaces an earlier one of the same name
     * @throws ManifestException if one of them is not what its kind says
     */
    static Routes of(List<Manifest> manifests, int port, Workload workload, OutboundTraffic unknownHosts)
            throws ManifestException {
        Routes routes = new Routes(port, workload, unknownHosts);
        List<Manifest> current = new ArrayList<>();
        for (Manifest manifest : manifests) {
            current.removeIf(manifest::replaces);
            current.add(manifest);
        }
        for (Manifest manifest : current) {
            if (isKind(manifest, "ServiceEntry")) {
                routes.declare(manifest);
            }
        }
        for (Manifest manifest : current) {
            if (isKind(manifest, "VirtualService")) {
                routes.add(manifest);
            }
        }
        routes.addDefaults();
        return routes;
    }

    /** The chain for a connection: an exact server name first, then the longest wildcard, then the mesh's policy. */
    FilterChain match(@Nullable String serverName) {
        String name = requireNonNullElse(serverName, "").toLowerCase(Locale.ROOT);
        return chains.values().stream()
                .filter(chain -> chain.matches(name))
                .max(Comparator.comparing(
                                (FilterChain chain) -> chain.serverName().equals(name))
                        .thenComparing(chain -> chain.serverName().length()))
                .orElseGet(() -> unknownHosts == OutboundTraffic.REGISTRY_ONLY || name.isEmpty()
                        ? new FilterChain("*", List.of())
                        : new FilterChain("*", List.of(new Destination(name, port, 1))));
    }

    /** What in the manifests has no effect, or another than one might think; a sentence each. */
    List<String> notes() {
        return notes;
    }

    private void declare(Manifest manifest) throws ManifestException {
        var spec = manifest.as(ServiceEntry.class).getSpec();
        if (spec == null || !isVisible(manifest, spec.getExportTo())) {
            return;
        }
        for (ServicePort declared : list(spec.getPorts())) {
            if (requireNonNullElse(declared.getNumber(), 0L) == port) {
                String protocol = requireNonNullElse(declared.getProtocol(), "").toUpperCase(Locale.ROOT);
                list(spec.getHosts()).forEach(host -> protocols.putIfAbsent(host, protocol));
            }
        }
    }

    private void add(Manifest manifest) throws ManifestException {
        var spec = manifest.as(VirtualService.class).getSpec();
        if (spec == null
                || !isVisible(manifest, spec.getExportTo())
                || !list(spec.getGateways()).isEmpty() && !spec.getGateways().contains(MESH)) {
            return;
        }
        for (String host : list(spec.getHosts())) {
            if (protocols.containsKey(host)) {
                noteIgnored(manifest, spec, host, protocols.get(host));
            }
        }
        for (TLSRoute route : list(spec.getTls())) {
            for (TLSMatchAttributes match : list(route.getMatch())) {
                if (applies(match)) {
                    for (String serverName : list(match.getSniHosts())) {
                        claim(serverName.toLowerCase(Locale.ROOT), manifest, destinations(manifest, route));
                    }
                }
            }
        }
    }

    /** A host that no rule claimed has a chain to itself. */
    private void addDefaults() {
        protocols.forEach((host, protocol) -> {
            if (PASSES_TLS_THROUGH.contains(protocol)) {
                chains.putIfAbsent(host, new FilterChain(host, List.of(new Destination(host, port, 1))));
            } else if (protocol.equals("TCP")) {
                notes.add(host + ":" + port + " is declared as TCP, which has no server name to match: it catches every"
                        + " host on port " + port + ".");
                chains.putIfAbsent("*", new FilterChain("*", List.of(new Destination(host, port, 1))));
            }
        });
    }

    private void noteIgnored(
            Manifest manifest,
            io.fabric8.istio.api.api.networking.v1alpha3.VirtualService spec,
            String host,
            String protocol) {
        boolean tlsPort = PASSES_TLS_THROUGH.contains(protocol);
        if (tlsPort && !list(spec.getTcp()).isEmpty()) {
            notes.add(manifest + ": its tcp routes have no effect, because " + host + ":" + port + " is declared as "
                    + protocol + "; a sidecar reads only tls routes there.");
        }
        if (tlsPort && !list(spec.getHttp()).isEmpty()) {
            notes.add(manifest + ": its http routes have no effect, because " + host + ":" + port + " is declared as "
                    + protocol + " and a sidecar cannot see into TLS.");
        }
        if (!tlsPort && !list(spec.getTls()).isEmpty()) {
            notes.add(manifest + ": its tls routes have no effect, because " + host + ":" + port + " is declared as "
                    + protocol + ", not as TLS or HTTPS.");
        }
    }

    private void claim(String serverName, Manifest manifest, List<Destination> destinations) {
        String protocol = protocols.entrySet().stream()
                .filter(declared -> new FilterChain(declared.getKey(), List.of()).matches(serverName))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        if (protocol.isEmpty()) {
            notes.add(manifest + " has no effect on " + serverName + ", because no ServiceEntry that this workload sees"
                    + " declares the host with port " + port + ".");
        }
        if (!PASSES_TLS_THROUGH.contains(protocol)) {
            return;
        }
        Manifest first = claims.putIfAbsent(serverName, manifest);
        if (first == null) {
            chains.put(serverName, new FilterChain(serverName, destinations));
        } else if (!first.equals(manifest)) {
            notes.add(manifest + " has no effect on " + serverName + ", which " + first
                    + " claims as well, and came first.");
        }
    }

    private boolean applies(TLSMatchAttributes match) {
        return (match.getPort() == null || match.getPort() == port)
                && (list(match.getGateways()).isEmpty() || match.getGateways().contains(MESH))
                && (match.getSourceNamespace() == null
                        || match.getSourceNamespace().isEmpty()
                        || match.getSourceNamespace().equals(workload.namespace()))
                && workload.labels()
                        .entrySet()
                        .containsAll(requireNonNullElse(match.getSourceLabels(), Map.<String, String>of())
                                .entrySet());
    }

    private boolean isVisible(Manifest manifest, @Nullable List<String> exportTo) {
        List<String> namespaces = list(exportTo);
        return namespaces.isEmpty()
                || namespaces.contains("*")
                || namespaces.contains(workload.namespace())
                || namespaces.contains(".") && manifest.namespace().equals(workload.namespace());
    }

    private static List<Destination> destinations(Manifest manifest, TLSRoute route) {
        List<Destination> destinations = new ArrayList<>();
        for (RouteDestination to : list(route.getRoute())) {
            var destination = to.getDestination();
            if (destination == null || destination.getHost() == null) {
                continue;
            }
            Long number =
                    destination.getPort() == null ? null : destination.getPort().getNumber();
            // A single destination takes everything, whatever weight it has.
            int weight = list(route.getRoute()).size() == 1 ? 1 : requireNonNullElse(to.getWeight(), 0);
            destinations.add(new Destination(
                    qualified(destination.getHost(), manifest.namespace()),
                    number == null ? null : number.intValue(),
                    weight));
        }
        return destinations;
    }

    private static String qualified(String host, String namespace) {
        return host.contains(".") ? host : host + "." + namespace + ".svc.cluster.local";
    }

    private static boolean isKind(Manifest manifest, String kind) {
        return manifest.group().equals(GROUP) && manifest.kind().equals(kind);
    }

    private static <T> List<T> list(@Nullable List<T> given) {
        return given == null ? List.of() : given;
    }
}
