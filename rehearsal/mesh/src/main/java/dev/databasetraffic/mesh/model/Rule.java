package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.resource.ConnectionRoute;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.VirtualService;
import dev.databasetraffic.mesh.resource.VirtualService.HttpRoute;
import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import dev.databasetraffic.mesh.resource.VirtualService.Weighted;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A VirtualService with its names completed, or what istiod makes of a TLSRoute or TCPRoute: the same, from another
 * manifest.
 *
 * @param name by which istiod orders rules of one age
 * @param gateways what it is bound to: {@value #MESH} for sidecars, or namespace/name of a Gateway
 */
public record Rule(
        Resource<VirtualService> resource,
        String name,
        List<Hostname> hosts,
        Set<String> gateways,
        MeshOptions options) {

    public static final String MESH = "mesh";

    /** The order in which istiod reads rules: the oldest first. */
    static final Comparator<Rule> BY_AGE = Comparator.comparing(
                    (Rule rule) -> rule.resource().created())
            .thenComparing(Rule::name)
            .thenComparing(Rule::namespace);

    public static Rule of(Resource<VirtualService> resource, MeshOptions options) {
        VirtualService spec = resource.spec();
        List<Hostname> hosts = spec.hosts().stream()
                .map(host -> Hostname.qualified(host, resource.namespace(), options.clusterDomain()))
                .toList();
        return new Rule(
                resource,
                resource.name(),
                hosts,
                spec.gateways().isEmpty()
                        ? Set.of(MESH)
                        : spec.gateways().stream()
                                .map(name -> gateway(name, resource.namespace()))
                                .collect(Collectors.toUnmodifiableSet()),
                options);
    }

    /** Whether it was written as a route of the Gateway API. */
    public boolean isOfGatewayApi() {
        return manifest().group().equals(ConnectionRoute.GROUP);
    }

    /** Whether it has no hosts of its own, but gives its routes to the VirtualService that delegates to it. */
    public boolean isDelegate() {
        return hosts().isEmpty() && !isOfGatewayApi();
    }

    public VirtualService spec() {
        return resource.spec();
    }

    public Manifest manifest() {
        return resource.manifest();
    }

    public String namespace() {
        return resource.namespace();
    }

    /** Whether every namespace sees it. */
    public boolean isPublic() {
        return exportTo().isPublic();
    }

    ExportTo exportTo() {
        return ExportTo.of(resource.spec().exportTo()).orElse(options.defaultVirtualServiceExportTo());
    }

    public boolean isVisibleIn(String namespace) {
        return !exportTo().isNone() && exportTo().isVisibleIn(namespace, namespace());
    }

    public boolean names(Hostname hostname) {
        return hosts.stream().anyMatch(host -> host.overlaps(hostname));
    }

    /** Whether a Sidecar that imports hosts of this name imports the rule for its own host with it. */
    boolean isImportedBy(Hostname imported, Hostname host) {
        return isOfGatewayApi() ? host.isSubsetOf(imported) : host.overlaps(imported);
    }

    public Hostname destination(String host) {
        return isOfGatewayApi() ? new Hostname(host) : Hostname.qualified(host, namespace(), options.clusterDomain());
    }

    /** All that its routes send to, requests as far as the predicate takes their route. */
    Stream<Weighted> destinations(Predicate<HttpRoute> requests) {
        return Stream.of(
                        spec().http().stream().filter(requests).flatMap(route -> route.route().stream()),
                        spec().tcp().stream().flatMap(route -> route.route().stream()),
                        spec().tls().stream().flatMap(route -> route.route().stream()))
                .flatMap(each -> each);
    }

    /** Whether a match holds for a sidecar, or for a gateway's proxy, as far as that is known before any connection. */
    boolean applies(StaticMatch match, String boundTo, int port, Workload workload) {
        return (match.gateways().isEmpty()
                        || match.gateways().stream()
                                .map(name -> gateway(name, namespace()))
                                .anyMatch(boundTo::equals))
                && (match.port() == 0 || match.port() == port)
                && workload.hasLabels(match.sourceLabels())
                && (match.sourceNamespace().isEmpty() || match.sourceNamespace().equals(workload.namespace()));
    }

    /** A gateway's name with its namespace: NAME, NAMESPACE/NAME or ./NAME (model/config.go, resolveGatewayName). */
    public static String gateway(String name, String namespace) {
        if (name.equals(MESH)) {
            return MESH;
        }
        int slash = name.indexOf('/');
        if (slash >= 0) {
            return name.startsWith("./") ? namespace + name.substring(1) : name;
        }
        if (!name.contains(".")) {
            return namespace + "/" + name;
        }
        // NAME.NAMESPACE or NAME.NAMESPACE.svc.cluster.local, of old.
        String[] parts = name.split("\\.");
        return parts[1] + "/" + parts[0];
    }
}
