package dev.databasetraffic.mesh.controlplane;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.model.MeshOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What docker-compose's Envoy gets, without docker-compose. */
public final class ComposeResources {

    private ComposeResources() {}

    /**
     * Writes the files that Envoy would watch.
     *
     * @param outage in force; null for none
     */
    public static void write(Path home, @Nullable Path outage, Path folder) throws IOException, ManifestException {
        ControlPlaneOptions layout = ControlPlaneOptions.IN_COMPOSE;
        SteadyState steadyState = SteadyState.read(new ControlPlaneOptions(
                layout.manifests().stream().map(home::resolve).toList(),
                home.resolve(layout.shipped()),
                home.resolve(layout.containers()),
                folder,
                URI.create("http://127.0.0.1"),
                0,
                layout.namespace(),
                layout.deployment(),
                MeshOptions.DEFAULTS,
                Duration.ofSeconds(1),
                Duration.ZERO));
        EnvoyResources resources = steadyState.with(outage == null ? List.of() : Manifest.read(outage));
        EnvoyFolder files = new EnvoyFolder(folder);
        files.writeClusters("1", resources);
        files.writeListeners("1", resources);
    }
}
