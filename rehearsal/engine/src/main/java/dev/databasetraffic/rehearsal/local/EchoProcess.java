package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.mesh.router.Endpoints;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The service that outages lead to, one listener for each port of its Service in {@code k8s/echo.yaml}. */
public final class EchoProcess implements AutoCloseable {

    private static final String HOST = "echo.plants.svc.cluster.local";
    private static final int FIRST_SERVICE_PORT = 80;
    private static final List<String> LISTENERS = List.of("echo", "silent", "reset", "slow");

    private final BootProcess process;
    private final URI management;
    private final Map<Integer, InetSocketAddress> endpoints;

    private EchoProcess(BootProcess process, URI management, Map<Integer, InetSocketAddress> endpoints) {
        this.process = process;
        this.management = management;
        this.endpoints = endpoints;
    }

    static EchoProcess start(Path jar, Ports ports, RunFolder folder, Path logs) throws PlaceException {
        int managementPort = ports.next();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("echo.address", "127.0.0.1");
        settings.put("management.server.address", "127.0.0.1");
        settings.put("management.server.port", String.valueOf(managementPort));
        Map<Integer, InetSocketAddress> endpoints = new LinkedHashMap<>();
        for (int i = 0; i < LISTENERS.size(); i++) {
            int port = ports.next();
            settings.put("echo.listeners." + LISTENERS.get(i) + ".port", String.valueOf(port));
            endpoints.put(FIRST_SERVICE_PORT + i, Loopback.at(port));
        }
        URI management = URI.create("http://127.0.0.1:" + managementPort);
        BootProcess process = BootProcess.start(
                "echo",
                jar,
                List.of("-Xmx128m"),
                Map.of(),
                settings,
                management.resolve("/actuator/health/readiness"),
                folder,
                logs);
        return new EchoProcess(process, management, endpoints);
    }

    /** Its management interface: health, metrics, and each listener's behaviour. */
    public URI management() {
        return management;
    }

    /** Tells the mesh where this service is; the one without endpoints has none. */
    Endpoints register(Endpoints known) {
        endpoints.forEach((port, address) -> known.with(HOST, port, address));
        return known;
    }

    BootProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
