package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.model.Cluster.Type;
import dev.databasetraffic.mesh.model.RegisteredHost.Port;
import dev.databasetraffic.mesh.resource.DestinationRule.ClientTls;
import dev.databasetraffic.mesh.resource.DestinationRule.Subset;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outbound clusters of a proxy (cluster.go): one for each port of a host, and one for each subset of it. */
final class Clusters {

    private final DestinationRules rules;
    private final Workload workload;
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();

    private final Type passthrough;

    private Clusters(DestinationRules rules, Workload workload, Type passthrough) {
        this.rules = rules;
        this.workload = workload;
        this.passthrough = passthrough;
    }

    /** @param passthrough the type for hosts without resolution; a gateway does not know where the client meant to go */
    static Map<String, Cluster> of(
            Collection<RegisteredHost> hosts, DestinationRules rules, Workload workload, Type passthrough) {
        Clusters clusters = new Clusters(rules, workload, passthrough);
        hosts.forEach(clusters::add);
        return clusters.clusters;
    }

    private void add(RegisteredHost host) {
        DestinationRules.Merged rule = rules.of(host, workload);
        for (Port port : host.ports()) {
            if (host.resolution() == RegisteredHost.Resolution.ALIAS || port.protocol() == Protocol.UDP) {
                continue;
            }
            Type type = type(host, port, passthrough);
            if (type == null) {
                continue;
            }
            add(host, port, type, rule, null);
            if (rule != null) {
                rule.subsets().forEach(subset -> add(host, port, type, rule, subset));
            }
        }
    }

    private void add(
            RegisteredHost host,
            Port port,
            Type type,
            DestinationRules.@Nullable Merged rule,
            @Nullable Subset subset) {
        String name = host.cluster(subset == null ? "" : subset.name(), port.number());
        ClientTls tls = rule == null ? null : rule.tls(subset, port.number());
        String mode = tls == null || tls.mode().equals("DISABLE") || isWithoutSecrets(rule, tls) ? null : tls.mode();
        clusters.putIfAbsent(
                name,
                new Cluster(
                        name,
                        type,
                        mode,
                        tls == null || mode == null ? "" : sni(tls, name),
                        host,
                        port.number(),
                        rule == null
                                ? List.of()
                                : rule.from().stream().map(Resource::manifest).toList()));
    }

    /** The mesh's own TLS names the cluster, where nothing else is said. */
    private static String sni(ClientTls tls, String cluster) {
        return tls.sni().isEmpty() && tls.mode().equals("ISTIO_MUTUAL") ? cluster.replace("|", "_.") : tls.sni();
    }

    /** A sidecar is given Secrets by rules that select it alone; from any other one it gets no TLS at all. */
    private boolean isWithoutSecrets(DestinationRules.@Nullable Merged rule, ClientTls tls) {
        boolean sidecar = passthrough == Type.ORIGINAL_DST;
        return sidecar && tls.isOfSecret() && rule != null && rule.selector() == null;
    }

    /** @return null where istiod makes no cluster */
    static @Nullable Type type(RegisteredHost host, Port port, Type passthrough) {
        if (host.hostname().isWildcard() && host.resolution() == RegisteredHost.Resolution.DYNAMIC_DNS) {
            return switch (port.protocol()) {
                case HTTP, HTTP2, GRPC, TLS -> Type.DYNAMIC_FORWARD_PROXY;
                default -> null;
            };
        }
        // A host that is found by DNS and leaves its endpoints to workloads has none that manifests know.
        boolean endless = host.endpoints() == 0 && !host.selector().isEmpty() && !host.isKubernetes();
        return switch (host.resolution()) {
            case DNS -> endless ? null : Type.STRICT_DNS;
            case DNS_ROUND_ROBIN -> endless ? null : Type.LOGICAL_DNS;
            case NONE -> passthrough;
            default -> Type.EDS;
        };
    }
}
