package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.firestore.EmulatorOptions;
import dev.databasetraffic.databases.firestore.FirestoreApi;
import dev.databasetraffic.databases.firestore.FirestoreChoice;
import dev.databasetraffic.databases.firestore.FirestoreServer;
import dev.databasetraffic.kit.Folders;
import dev.databasetraffic.kit.LoopbackPorts;
import dev.databasetraffic.kit.Readiness;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.kit.TlsTerminator;
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
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Has the service answer real requests while its image is built, so that a JVM that records what it loads, and what its
 * compiler had better know (JEP 515), records that: each kind of request some times, then many writes at once.
 * {@code TrainingRun COMMAND…} runs the service by the command, over TLS against the embedded Firestore, and ends it with
 * SIGTERM. Exits with 1 if a request was not answered as it should be.
 */
public final class TrainingRun {

    private static final int ROUNDS = 200;
    private static final int CALLERS = 16;
    private static final int WRITES_OF_A_CALLER = 1250;
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(5);

    /** Seen once it is recorded; the many that make a service fast are ours. */
    private static final String WARM_UP = "3s";

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PASSWORD = "changeit";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI service;

    private TrainingRun(URI service) {
        this.service = service;
    }

    public static void main(String[] command) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("training-");
        ThrowawayAuthority authority = ThrowawayAuthority.create();
        authority.writeTrustStore(folder.resolve("trust.p12"), PASSWORD);
        try (FirestoreServer database = FirestoreServer.begin(FirestoreChoice.EMBEDDED, EmulatorOptions.defaults());
                TlsTerminator front = TlsTerminator.start(0, authority.issue(FirestoreApi.HOST), database.address())) {
            int port = LoopbackPorts.free();
            int management = LoopbackPorts.free();
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment()
                    .putAll(Map.of(
                            "SERVER_PORT",
                            String.valueOf(port),
                            "MANAGEMENT_SERVER_PORT",
                            String.valueOf(management),
                            "GOOGLE_CLOUD_PROJECT",
                            "training",
                            "PLANTS_FIRESTORE_ENDPOINT",
                            "127.0.0.1:" + front.address().getPort(),
                            "PLANTS_FIRESTORE_AUTHORITY",
                            FirestoreApi.HOST,
                            "PLANTS_FIRESTORE_CREDENTIALS",
                            "emulator",
                            "PLANTS_FIRESTORE_WARMUP_LOAD",
                            WARM_UP,
                            "JAVA_TOOL_OPTIONS",
                            "-Djavax.net.ssl.trustStore=" + folder.resolve("trust.p12")
                                    + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD));
            Process process = builder.start();
            try {
                awaitReady(process, URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness"));
                TrainingRun run = new TrainingRun(URI.create("http://127.0.0.1:" + port));
                run.ask();
                run.load();
            } finally {
                process.destroy();
                if (!process.waitFor(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static void awaitReady(Process process, URI readiness) throws IOException, InterruptedException {
        boolean ready = Readiness.await(READY_WITHIN, POLL, () -> {
            if (!process.isAlive()) {
                throw new IOException(
                        "The service ended while it started, with exit code " + process.exitValue() + ".");
            }
            return Readiness.answers(readiness);
        });
        if (!ready) {
            throw new IOException("The service was not ready within " + READY_WITHIN.toSeconds() + " s.");
        }
    }

    private void ask() throws IOException, InterruptedException {
        for (int i = 0; i < ROUNDS; i++) {
            String plant = add(i);
            expect(200, "GET", plant, "");
            expect(200, "GET", "/plants?pageSize=20", "");
            expect(400, "POST", "/plants", "{}");
            expect(204, "DELETE", plant, "");
            expect(404, "GET", plant, "");
        }
    }

    private void load() throws IOException, InterruptedException {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                ends.add(callers.submit(() -> {
                    for (int n = 0; n < WRITES_OF_A_CALLER; n++) {
                        add(n);
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException failure) {
            throw new IOException("The service did not bear its load.", failure.getCause());
        } finally {
            callers.shutdownNow();
        }
    }

    private String add(int n) throws IOException, InterruptedException {
        return expect(201, "POST", "/plants", "{\"name\":\"training " + n + "\",\"quantity\":" + n + "}");
    }

    /** @return the Location header, or nothing */
    private String expect(int status, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != status) {
            throw new IOException(method + " " + path + " was answered with " + answer.statusCode() + " instead of "
                    + status + ": " + answer.body());
        }
        return answer.headers().firstValue("Location").orElse("");
    }
}
