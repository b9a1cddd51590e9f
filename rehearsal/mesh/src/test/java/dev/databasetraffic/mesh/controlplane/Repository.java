package dev.databasetraffic.mesh.controlplane;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.model.MeshOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The manifests of this repository, as docker-compose.yml gives them to the control plane. */
final class Repository {

    static final Path HOME = Path.of("..", "..");
    static final Path OUTAGES = HOME.resolve("istio/outage");

    private Repository() {}

    /** @param resources in place of the folder that Envoy watches */
    static ControlPlaneOptions options(Path resources, URI envoy) {
        return new ControlPlaneOptions(
                List.of(HOME.resolve("k8s"), HOME.resolve("istio")),
                OUTAGES,
                HOME.resolve("compose/endpoints.yaml"),
                resources,
                envoy,
                0,
                "plants",
                "plants",
                MeshOptions.DEFAULTS,
                Duration.ofMillis(50),
                Duration.ofSeconds(5));
    }

    static SteadyState steadyState() throws IOException, ManifestException {
        return SteadyState.read(options(Path.of("nowhere"), URI.create("http://127.0.0.1:1")));
    }

    static List<Manifest> outage(String name) throws ManifestException {
        return Manifest.read(OUTAGES.resolve(name + ".yaml"));
    }

    static List<Manifest> manifests(String text) throws ManifestException {
        return Outage.of(Path.of("test"), text.getBytes(StandardCharsets.UTF_8)).manifests();
    }
}
