package dev.databasetraffic.mesh.controlplane;

import dev.databasetraffic.mesh.model.MeshOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Whose Envoy is configured, and from what.
 *
 * @param manifests files and folders of the system without an outage
 * @param shipped the folder whose outages can be named without a path
 * @param containers who answers for the hosts of the mesh, see {@link Containers#read}
 * @param resources the folder of the two files that Envoy watches
 * @param envoy its admin interface
 * @param port for requests to start and stop outages, 0 for any free one
 * @param namespace of the workload
 * @param deployment whose pods have the sidecar that this Envoy stands for
 * @param poll how often the manifests are looked at
 * @param patience how long an outage may take until Envoy has it
 */
record ControlPlaneOptions(
        List<Path> manifests,
        Path shipped,
        Path containers,
        Path resources,
        URI envoy,
        int port,
        String namespace,
        String deployment,
        MeshOptions mesh,
        Duration poll,
        Duration patience) {

    /** As docker-compose.yml lays things out, in the working directory. */
    static final ControlPlaneOptions IN_COMPOSE = new ControlPlaneOptions(
            List.of(Path.of("k8s"), Path.of("istio")),
            Path.of("istio", "outage"),
            Path.of("compose", "endpoints.yaml"),
            Path.of("/run/envoy"),
            URI.create("http://envoy:9901"),
            8083,
            "plants",
            "plants",
            MeshOptions.DEFAULTS,
            Duration.ofMillis(500),
            Duration.ofSeconds(10));

    ControlPlaneOptions {
        manifests = List.copyOf(manifests);
        if (poll.isNegative() || poll.isZero() || patience.isNegative()) {
            throw new IllegalArgumentException("poll must be positive and patience not negative");
        }
    }
}
