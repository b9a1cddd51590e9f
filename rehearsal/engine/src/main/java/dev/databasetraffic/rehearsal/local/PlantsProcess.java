package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.firestore.FirestoreApi;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service under test, configured as in production but for where its database is. */
record PlantsProcess(BootProcess process, URI http, URI management) implements AutoCloseable {

    /** The Google Cloud project that the service writes to. */
    static final String PROJECT = "rehearsal";

    /**
     * A client without deadlines leaves that many requests in progress, and what it does is to be seen, not where the
     * service takes on no more. The heap is made for it.
     */
    private static final String MAX_REQUESTS = "4096";

    /**
     * Starts the service; it is not ready yet.
     *
     * @param database where {@code firestore.googleapis.com:443} is
     * @param hostsFile what the service's JVM reads instead of asking DNS, so that it can dial the production name; null
     *     for it to dial the address
     * @param credentials application default credentials; null for those that every emulator takes
     * @param overrides settings that differ from the place's own
     */
    static PlantsProcess start(
            Path jar,
            Ports ports,
            InetSocketAddress database,
            @Nullable Path hostsFile,
            @Nullable Path credentials,
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
        settings.put(
                "plants.firestore.endpoint",
                (hostsFile == null ? "127.0.0.1" : FirestoreApi.HOST) + ":" + database.getPort());
        settings.put("plants.firestore.authority", FirestoreApi.HOST);
        settings.put("plants.firestore.project", PROJECT);
        settings.put("plants.firestore.credentials", credentials == null ? "emulator" : "adc");
        settings.put("plants.writer.enabled", "true");
        settings.put("plants.http.max-requests", MAX_REQUESTS);
        settings.put("server.tomcat.max-connections", MAX_REQUESTS);
        settings.putAll(overrides);
        List<String> jvmArguments = new ArrayList<>(List.of(
                "-Xmx512m",
                "-Djavax.net.ssl.trustStore=" + folder.trustStore(),
                "-Djavax.net.ssl.trustStorePassword=" + RunFolder.TRUST_STORE_PASSWORD));
        if (hostsFile != null) {
            // The JVM and gRPC both remember an address for 30 s; a fault that only shows after that would outlast most
            // experiments.
            jvmArguments.addAll(List.of(
                    "-Djdk.net.hosts.file=" + hostsFile, "-Dsun.net.inetaddr.ttl=1", "-Dnetworkaddress.cache.ttl=1"));
        }
        Map<String, String> variables =
                credentials == null ? Map.of() : Map.of("GOOGLE_APPLICATION_CREDENTIALS", credentials.toString());
        URI management = URI.create("http://127.0.0.1:" + managementPort);
        BootProcess process = BootProcess.start(
                "plants",
                jar,
                jvmArguments,
                variables,
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
