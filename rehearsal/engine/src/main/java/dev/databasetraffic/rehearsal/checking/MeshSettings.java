package dev.databasetraffic.rehearsal.checking;

import dev.databasetraffic.mesh.config.MeshConfig;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.MeshOptions.OutboundTraffic;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says of the mesh.
 *
 * @param namespace of manifests that name none
 * @param config null if it names none
 * @param outboundTraffic goes before the configuration's, likewise
 * @param rootNamespace likewise
 */
public record MeshSettings(
        String namespace,
        @Nullable MeshConfig config,
        @Nullable OutboundTraffic outboundTraffic,
        @Nullable String rootNamespace) {

    /** Where to look for the mesh's own configuration. */
    String istioNamespace() {
        return rootNamespace == null ? MeshOptions.DEFAULTS.rootNamespace() : rootNamespace;
    }

    /** @param live the cluster's own configuration, which an explicit one replaces */
    MeshOptions options(@Nullable MeshConfig live) {
        MeshConfig given = config == null ? live : config;
        MeshOptions options = given == null ? MeshOptions.DEFAULTS : given.options();
        if (outboundTraffic != null) {
            options = options.with(outboundTraffic);
        }
        return rootNamespace == null ? options : options.withRootNamespace(rootNamespace);
    }
}
