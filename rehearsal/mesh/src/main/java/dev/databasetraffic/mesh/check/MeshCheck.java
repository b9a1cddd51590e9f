package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.MeshOptions;
import java.util.List;

/** Looks for traps in a set of manifests, taken together as one mesh's configuration. */
public final class MeshCheck {

    private MeshCheck() {}

    /**
     * @param manifests in the order in which they would be applied
     * @return what was found, the surest first, then by file and line; empty if there is nothing to say
     */
    public static List<Finding> check(List<Manifest> manifests, MeshOptions options) {
        return List.of();
    }
}
