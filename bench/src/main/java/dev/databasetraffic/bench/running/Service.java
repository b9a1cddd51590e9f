package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.kit.Readiness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A running service under measurement. */
public final class Service implements AutoCloseable {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(2);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(20);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final String FIRST_PLANT = "{\"name\":\"first\",\"quantity\":3}";

    private final long startedAt;
    private final int port;
    private final boolean jvm;
    private final @Nullable URI readiness;
    private final Path log;
    private final long pid;
    private final AutoCloseable process;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param readiness where it says that it is ready; null if it does not, and is so with its first write */
    Service(long startedAt, int port, boolean jvm, @Nullable URI readiness, Path log, long pid, AutoCloseable process) {
        this.startedAt = startedAt;
        this.port = port;
        this.jvm = jvm;
        this.readiness = readiness;
        this.log = log;
        this.pid = pid;
        this.process = process;
    }

    public URI plants() {
        return URI.create("http://127.0.0.1:" + port + "/plants");
    }

    public int port() {
        return port;
    }

    public InetSocketAddress address() {
        return Loopback.at(port);
    }

    /** Where it says that it is ready; null if it does not say so. */
    @Nullable
    URI readiness() {
        return readiness;
    }

    public long pid() {
        return pid;
    }

    /** Bytes allocated so far, where the runtime tells it. */
    public OptionalLong allocatedBytes() throws IOException {
        if (!jvm) {
            return OptionalLong.empty();
        }
        try (Allocation allocation = Allocation.of(pid)) {
            return OptionalLong.of(allocation.bytes());
        }
    }

    /** Writes a plant again and again until the first is acknowledged; returns how long ago the process was started. */
    public Duration awaitFirstWrite() throws IOException, InterruptedException {
        return await(
                "write a plant",
                POLL_INTERVAL,
                () -> Listening.isListening(address()) && post(FIRST_PLANT).statusCode() == 201);
    }

    /** Until it says that it is ready; returns how long ago the process was started. */
    public Duration awaitReady() throws IOException, InterruptedException {
        URI page = readiness;
        return page == null
                ? awaitFirstWrite()
                : await(
                        "get ready",
                        PROBE_INTERVAL,
                        () -> Listening.isListening(Loopback.at(page.getPort())) && Readiness.answers(page));
    }

    private Duration await(String what, Duration pace, Readiness.Look<IOException> look)
            throws IOException, InterruptedException {
        boolean done = Readiness.await(START_TIMEOUT, pace, () -> {
            if (look.isReady()) {
                return true;
            }
            if (ProcessHandle.of(pid).isEmpty()) {
                throw new IOException("The service ended while it started:" + lastWords());
            }
            return false;
        });
        if (!done) {
            throw new IOException(
                    "The service did not " + what + " within " + START_TIMEOUT.toSeconds() + " s:" + lastWords());
        }
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Adds a plant; returns its id. */
    public String add() throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(post(FIRST_PLANT).body()).path("id").asString();
    }

    public HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(plants())
                        .timeout(REQUEST_TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException {
        try {
            process.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private String lastWords() throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return System.lineSeparator()
                + String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }
}
