package dev.databasetraffic.bench.running;

import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.router.OutboundTraffic;
import dev.databasetraffic.mesh.router.RouterOptions;
import dev.databasetraffic.mesh.router.Services;
import dev.databasetraffic.mesh.router.SniRouter;
import dev.databasetraffic.mesh.router.Workload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The rehearsal's router with the manifests of the healthy system in force: it reads the server name, and passes bytes. */
final class Sidecar implements Wire.Hop {

    private static final int MESH_PORT = 443;
    private static final Workload PLANTS = new Workload("plants", Map.of("app", "plants"));

    private final SniRouter router;

    private Sidecar(SniRouter router) {
        this.router = router;
    }

    /** @param manifests the folder {@code istio} */
    static Sidecar start(Path manifests, Database database) throws IOException {
        Services services = new Services()
                .with(
                        Database.AUTHORITY,
                        MESH_PORT,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), database.port()));
        try {
            return new Sidecar(SniRouter.start(new RouterOptions(
                    0,
                    MESH_PORT,
                    Database.AUTHORITY,
                    manifests,
                    Files.createDirectories(database.folder().resolve("outages")),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    PLANTS,
                    OutboundTraffic.REGISTRY_ONLY,
                    services,
                    event -> {},
                    note -> {})));
        } catch (ManifestException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public String endpoint() {
        return "127.0.0.1:" + router.address().getPort();
    }

    @Override
    public void close() {
        router.close();
    }
}
