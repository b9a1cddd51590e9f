package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;

/** An object that stands twice in one file, where the first is gone as soon as the file is applied. */
final class ReplacedManifests implements Inspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        List<Finding> findings = new ArrayList<>();
        for (Manifest manifest : mesh.manifests()) {
            Manifest later = mesh.replacementInItsFile(manifest);
            if (later != null && !later.tree().equals(manifest.tree())) {
                findings.add(new Finding(
                        Trap.REPLACED,
                        Severity.TRAP,
                        manifest,
                        manifest.line(),
                        "%s stands in this file once more (%s): the later one replaces it, and all that it says is lost."
                                .formatted(manifest, Where.is(later)),
                        "give the two different names, or take one of them away"));
            }
        }
        return findings;
    }
}
