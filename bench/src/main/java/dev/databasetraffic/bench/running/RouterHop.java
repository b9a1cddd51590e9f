package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.MeshOptions.OutboundTraffic;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.router.Endpoints;
import dev.databasetraffic.mesh.router.Router;
import dev.databasetraffic.mesh.router.RouterOptions;
import dev.databasetraffic.mesh.router.RouterOptions.Entrance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The rehearsal's router with the manifests of the healthy system in force: it reads the server name, and passes bytes. */
public final class RouterHop implements Hop {

    private static final int MESH_PORT = 443;
    private static final Workload PLANTS = new Workload("plants", Map.of("app", "plants"));

    private final Router router;

    private RouterHop(Router router) {
        this.router = router;
    }

    /** @param manifests the folder {@code istio} */
    static RouterHop start(Path manifests, BenchDatabase database) throws IOException {
        return start(
                manifests,
                Files.createDirectories(database.folder().resolve("outages")),
                0,
                Loopback.at(database.port()));
    }

    /**
     * To anything that listens, under the name of the database.
     *
     * @param manifests the folder {@code istio}
     * @param outages an empty folder
     * @param port to listen on, 0 for any free one
     */
    public static RouterHop start(Path manifests, Path outages, int port, InetSocketAddress target) throws IOException {
        try {
            return new RouterHop(Router.start(new RouterOptions(
                    List.of(new Entrance(port, BenchDatabase.AUTHORITY, MESH_PORT)),
                    List.of(manifests),
                    outages,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    PLANTS,
                    MeshOptions.DEFAULTS.with(OutboundTraffic.REGISTRY_ONLY),
                    new Endpoints().with(BenchDatabase.AUTHORITY, MESH_PORT, target),
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
