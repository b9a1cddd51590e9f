package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.VirtualService;
import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A VirtualService with its names completed.
 *
 * @param gateways what it is bound to: {@value #MESH} for sidecars, or namespace/name of a Gateway
 */
public record Rule(Resource<VirtualService> resource, List<Hostname> hosts, Set<String> gateways, MeshOptions options) {

    public static final String MESH = "mesh";

    public static Rule of(Resource<VirtualService> resource, MeshOptions options) {
        VirtualService spec = resource.spec();
        List<Hostname> hosts = spec.hosts().stream()
                .map(host -> Hostname.qualified(host, resource.namespace(), options.clusterDomain()))
                .toList();
        return new Rule(
                resource,
                hosts,
                spec.gateways().isEmpty()
                        ? Set.of(MESH)
                        : spec.gateways().stream()
                                .map(name -> gateway(name, resource.namespace()))
                                .collect(Collectors.toUnmodifiableSet()),
                options);
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

    public Hostname destination(String host) {
        return Hostname.qualified(host, namespace(), options.clusterDomain());
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
