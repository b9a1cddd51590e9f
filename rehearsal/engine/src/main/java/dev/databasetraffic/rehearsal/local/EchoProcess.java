package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.kit.ChildJvm;
import dev.databasetraffic.kit.JvmLaunch;
import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.router.Endpoints;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The service that outages lead to, one listener for each port of its Service in {@code k8s/echo.yaml}. */
final class EchoProcess implements AutoCloseable {

    private static final String NAME = "echo";
    private static final String NAMESPACE = "plants";
    private static final String HOST = NAME + "." + NAMESPACE + ".svc.cluster.local";
    private static final int FIRST_SERVICE_PORT = 80;
    private static final List<String> LISTENERS = List.of("echo", "silent", "reset", "slow");
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    /** Taken apart: see {@code extract} in the project's pom.xml. */
    private static final Path JAR = Path.of("echo-service", "target", "extracted", "echo-service.jar");

    private static final String MAIN_CLASS = "dev.databasetraffic.echo.EchoApplication";

    /** It does little, and all else starts beside it: what the second compiler would take of the machine never pays. */
    private static final List<String> JVM_ARGUMENTS =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final ChildJvm jvm;
    private final URI management;
    private final Map<Integer, InetSocketAddress> endpoints;

    private EchoProcess(ChildJvm jvm, URI management, Map<Integer, InetSocketAddress> endpoints) {
        this.jvm = jvm;
        this.management = management;
        this.endpoints = endpoints;
    }

    /** Starts it; it is not ready yet. */
    static EchoProcess start(Path home, Ports ports, RunFolder folder, Path logs) throws PlaceException {
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
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        try {
            ChildJvm jvm = JvmLaunch.named(NAME)
                    .classPath(jar(home))
                    .jvmArguments(JVM_ARGUMENTS)
                    .main(MAIN_CLASS, arguments)
                    .workFolder(folder.path())
                    .logFolder(logs)
                    .start();
            return new EchoProcess(jvm, URI.create("http://127.0.0.1:" + managementPort), endpoints);
        } catch (IOException e) {
            throw new PlaceException(
                    NAME + " could not be started: " + e.getMessage() + ". Its log would go to " + logs
                            + " and its temporary files to " + folder.path() + "; both must be writable.",
                    e);
        }
    }

    private static Path jar(Path home) throws PlaceException {
        Path jar = home.resolve(JAR);
        if (!Files.isReadable(jar)) {
            throw new PlaceException("There is no " + jar + ". Build it: cd " + home + " && mvn -DskipTests package");
        }
        return jar;
    }

    /** Whether a manifest is the Service that this stands for. */
    static boolean isService(Manifest manifest) {
        return manifest.kind().equals("Service")
                && manifest.name().equals(NAME)
                && manifest.namespace().equals(NAMESPACE);
    }

    /** Its management interface: health, metrics, and each listener's behaviour. */
    public URI management() {
        return management;
    }

    /** Where the mesh finds it. */
    Endpoints endpoints() {
        Endpoints known = new Endpoints();
        endpoints.forEach((port, address) -> known.with(HOST, port, address));
        return known;
    }

    /**
     * Returns when it is ready.
     *
     * @param trouble told in a sentence if it ends by itself later
     */
    void awaitReady(Consumer<String> trouble) throws PlaceException, InterruptedException {
        new StartingProcess(NAME, jvm, UnaryOperator.identity())
                .awaitReady(management.resolve("/actuator/health/readiness"), START_TIMEOUT, "", trouble);
    }

    ChildJvm jvm() {
        return jvm;
    }

    @Override
    public void close() {
        jvm.close();
    }
}
