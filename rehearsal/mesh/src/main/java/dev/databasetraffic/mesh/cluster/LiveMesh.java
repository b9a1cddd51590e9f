package dev.databasetraffic.mesh.cluster;

import dev.databasetraffic.mesh.config.MeshConfig;
import dev.databasetraffic.mesh.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster holds of a mesh, as far as it could be read.
 *
 * @param manifests lines in them are those that {@code kubectl get -o yaml} prints
 * @param config the mesh's own configuration, null if it could not be read
 * @param gaps what could not be read and why, one sentence each
 */
public record LiveMesh(List<Manifest> manifests, @Nullable MeshConfig config, List<String> gaps) {

    /** What the names of its manifests' files begin with: {@code cluster/NAMESPACE/virtualservices/NAME.yaml}. */
    static final Path FOLDER = Path.of("cluster");
}
