package dev.databasetraffic.mesh.model;

import java.util.List;

/**
 * The mesh's own configuration, of which manifests say nothing: MeshConfig.
 *
 * @param outboundTraffic for hosts that nobody declared
 * @param clusterDomain the end of a Service's full name
 */
public record MeshOptions(
        OutboundTraffic outboundTraffic,
        String rootNamespace,
        String clusterDomain,
        List<String> defaultServiceExportTo,
        List<String> defaultVirtualServiceExportTo,
        List<String> defaultDestinationRuleExportTo) {

    /** Istio as it is installed by default. */
    public static final MeshOptions DEFAULTS = new MeshOptions(
            OutboundTraffic.ALLOW_ANY, "istio-system", "cluster.local", List.of("*"), List.of("*"), List.of("*"));

    /** The mesh's policy for hosts that it was not told of: {@code outboundTrafficPolicy.mode}. */
    public enum OutboundTraffic {
        /** They are reached as without a mesh. */
        ALLOW_ANY,
        /** Their connections are closed. */
        REGISTRY_ONLY
    }

    public MeshOptions with(OutboundTraffic policy) {
        return new MeshOptions(
                policy,
                rootNamespace,
                clusterDomain,
                defaultServiceExportTo,
                defaultVirtualServiceExportTo,
                defaultDestinationRuleExportTo);
    }

    public MeshOptions withRootNamespace(String namespace) {
        return new MeshOptions(
                outboundTraffic,
                namespace,
                clusterDomain,
                defaultServiceExportTo,
                defaultVirtualServiceExportTo,
                defaultDestinationRuleExportTo);
    }
}
