package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The service under test, configured as in production but for where its database is. */
record PlantsProcess(BootProcess process, URI http, URI management) implements AutoCloseable {

    /**
     * Starts the service; it is not ready yet.
     *
     * @param database where {@code firestore.googleapis.com:443} is
     * @param overrides settings that differ from the place's own
     */
    static PlantsProcess start(
            Path jar,
            Ports ports,
            InetSocketAddress database,
            RunFolder folder,
            Path logs,
            Map<String, String> overrides)
            throws PlaceException {
        int managementPort = ports.next();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", String.valueOf(ports.service()));
        settings.put("management.server.address", "127.0.0.1");
        settings.put("management.server.port", String.valueOf(managementPort));
        settings.put("plants.firestore.endpoint", "127.0.0.1:" + database.getPort());
        settings.put("plants.firestore.authority", "firestore.googleapis.com");
        settings.put("plants.firestore.project", LocalPlace.PROJECT);
        settings.put("plants.firestore.credentials", "emulator");
        settings.put("plants.writer.enabled", "true");
        settings.putAll(overrides);
        URI management = URI.create("http://127.0.0.1:" + managementPort);
        BootProcess process = BootProcess.start(
                "plants",
                jar,
                List.of(
                        "-Xmx512m",
                        "-Djavax.net.ssl.trustStore=" + folder.trustStore(),
                        "-Djavax.net.ssl.trustStorePassword=" + RunFolder.TRUST_STORE_PASSWORD),
                settings,
                management.resolve("/actuator/health/readiness"),
                folder,
                logs);
        return new PlantsProcess(process, URI.create("http://127.0.0.1:" + ports.service()), management);
    }

    @Override
    public void close() {
        process.close();
    }
}
