package dev.databasetraffic.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.kit.Readiness;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Envoy itself, as compose/envoy.yaml starts it, from where ENVOY says or from the PATH. */
final class RealEnvoy implements AutoCloseable {

    static final String NEED = "needs an Envoy on the PATH, or where ENVOY says";

    private final Process process;
    private final URI admin;

    private RealEnvoy(Process process, URI admin) {
        this.process = process;
        this.admin = admin;
    }

    static boolean isThere() {
        if (program().isEmpty()) {
            System.out.println("ControlPlaneIT is skipped: it " + NEED);
        }
        return program().isPresent();
    }

    private static Optional<Path> program() {
        Stream<Path> places = Arrays.stream(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "envoy"));
        return Stream.concat(Stream.ofNullable(System.getenv("ENVOY")).map(Path::of), places)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param resources has listeners and clusters already */
    static RealEnvoy start(Path resources, Path log, int adminPort) throws IOException {
        String bootstrap = Files.readString(Repository.HOME.resolve("compose/envoy.yaml"))
                .replace("/run/envoy", resources.toString())
                .replace("address: 0.0.0.0, port_value: 9901", "address: 127.0.0.1, port_value: " + adminPort);
        Process process = new ProcessBuilder(
                        program().orElseThrow().toString(),
                        "--config-yaml",
                        bootstrap,
                        "--drain-time-s",
                        "1",
                        "--drain-strategy",
                        "immediate",
                        "--concurrency",
                        "1",
                        "--disable-hot-restart")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RealEnvoy envoy = new RealEnvoy(process, URI.create("http://127.0.0.1:" + adminPort));
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !process.isAlive() || Readiness.answers(envoy.admin.resolve("/ready")));
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            return envoy;
        } catch (RuntimeException | Error e) {
            envoy.close();
            throw e;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
