package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.RegisteredHost.Resolution;
import java.util.List;

/** A host whose endpoints are to be listed, and that lists none. */
final class EmptyHosts implements Inspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        return mesh.model().hosts().stream()
                .filter(host -> !host.isKubernetes() && host.resolution() == Resolution.STATIC)
                .filter(host -> host.endpoints() == 0 && host.selector().isEmpty())
                .map(host -> new Finding(
                        Trap.NO_ENDPOINTS,
                        Severity.TRAP,
                        host.manifest(),
                        host.manifest().line("spec", "resolution"),
                        "Nobody is behind %s: resolution STATIC takes the endpoints that are listed, and none is."
                                        .formatted(host.hostname())
                                + " Connections are reset (access log flag UH).",
                        "resolution: DNS, which looks the host up; or list endpoints"))
                .distinct()
                .toList();
    }
}
