package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service in a JVM of its own, with little memory and on ports that the system chose. */
final class PackagedEcho implements AutoCloseable {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path JAR = Path.of("target", "echo-service.jar");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path log;
    private final Path portFile;
    private final Process process;

    private PackagedEcho(Path folder) throws IOException {
        log = folder.resolve("echo.log");
        portFile = folder.resolve("management-port");
        List<String> command = new ArrayList<>(List.of(
                JAVA.toString(),
                "-Xmx128m",
                // Netty's own buffers are off the heap: half as much for them.
                "-Dio.netty.maxDirectMemory=" + 64 * 1024 * 1024,
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                JAR.toString(),
                "--management.server.port=0",
                "--management.server.address=127.0.0.1",
                "--echo.management-port-file=" + portFile,
                "--echo.address=127.0.0.1"));
        for (Behaviour behaviour : Behaviour.values()) {
            command.add("--echo.listeners." + behaviour.label() + ".port=0");
        }
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Starts the service and waits until it is ready. */
    static PackagedEcho start(Path folder) throws IOException {
        PackagedEcho echo = new PackagedEcho(folder);
        try {
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> echo.get("health/readiness").contains("\"UP\""));
            return echo;
        } catch (RuntimeException e) {
            echo.close();
            throw new IllegalStateException("not ready, and said: " + Files.readString(echo.log), e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int port(Behaviour behaviour) throws IOException, InterruptedException {
        Matcher port = Pattern.compile("\"port\":(\\d+)").matcher(get("behaviour/" + behaviour.label()));
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    /** The sum of a metric over all its series that have a label, such as {@code end="idle"}; 0 if there is none. */
    double metric(String name, String label) throws IOException, InterruptedException {
        return get("prometheus")
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Bytes of the heap that are still in use after a collection. */
    long heap() throws IOException, InterruptedException {
        Process collection = new ProcessBuilder(
                        JAVA.resolveSibling("jcmd").toString(), String.valueOf(process.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(collection.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(collection.exitValue()).isZero();
        return (long) metric("jvm_memory_used_bytes", "area=\"heap\"");
    }

    /** Bytes of memory that the process holds, on the heap and off it. */
    long residentSet() throws IOException {
        String status = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status"));
        Matcher size = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(status);
        assertThat(size.find()).isTrue();
        return 1024 * Long.parseLong(size.group(1));
    }

    private String get(String path) throws IOException, InterruptedException {
        String port = Files.readString(portFile);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
