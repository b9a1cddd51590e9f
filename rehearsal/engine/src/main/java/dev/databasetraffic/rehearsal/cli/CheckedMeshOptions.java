package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.mesh.cluster.ClusterReader;
import dev.databasetraffic.mesh.config.MeshConfig;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.model.MeshOptions.OutboundTraffic;
import dev.databasetraffic.rehearsal.checking.Checker;
import dev.databasetraffic.rehearsal.checking.MeshSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The mesh that manifests are checked for. */
final class CheckedMeshOptions {

    /** Where a mesh lives that can be read as it is. */
    enum Live {
        KUBERNETES
    }

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = "default",
            description = "Of manifests that name none. Default: ${DEFAULT-VALUE}.")
    private String namespace = "default";

    @Option(
            names = "--mesh-config",
            paramLabel = "FILE",
            description = "Istio's MeshConfig as YAML, or the ConfigMap istio that holds it.")
    private @Nullable Path meshConfig;

    @Option(
            names = "--outbound-traffic",
            paramLabel = "MODE",
            description =
                    "What the mesh does with hosts that nobody declared: ${COMPLETION-CANDIDATES}. By default what"
                            + " the MeshConfig says, or else ALLOW_ANY.")
    private @Nullable OutboundTraffic outboundTraffic;

    @Option(
            names = "--root-namespace",
            paramLabel = "NAMESPACE",
            description = "Whose rules hold for the whole mesh, and where a cluster's MeshConfig lies. By default what"
                    + " the MeshConfig says, or else istio-system.")
    private @Nullable String rootNamespace;

    @Option(
            names = "--on",
            paramLabel = "kubernetes",
            description = "Check the cluster that KUBECONFIG names, with the files, if there are any, laid over it. It"
                    + " is read and never written to.")
    private @Nullable Live on;

    @Option(
            names = "--all",
            description = "With files laid over a cluster: also tell what has nothing to do with them.")
    private boolean all;

    String namespace() {
        return namespace;
    }

    boolean tellsOfEveryone() {
        return all;
    }

    MeshSettings settings() throws ManifestException {
        MeshConfig config = meshConfig == null ? null : MeshConfig.read(meshConfig);
        return new MeshSettings(namespace, config, outboundTraffic, rootNamespace);
    }

    Checker.@Nullable Cluster cluster() {
        return on == null ? null : ClusterReader::read;
    }
}
