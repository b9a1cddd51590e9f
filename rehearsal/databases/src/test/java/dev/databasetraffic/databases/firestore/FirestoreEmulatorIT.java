package dev.databasetraffic.databases.firestore;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.kit.ChildJvm;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class FirestoreEmulatorIT {

    private static final String DOCUMENTS = "/v1/projects/life-cycle/databases/(default)/documents/plants";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private EmulatorOptions options;

    @BeforeEach
    void prepareOptions() {
        Genuine.assumeReady();
        options = EmulatorOptions.defaults().withWorkFolder(folder);
    }

    @Test
    void itStoresClearsAndLeavesNeitherProcessNorPort() throws Exception {
        FirestoreEmulator emulator = FirestoreEmulator.start(options);
        ChildJvm jvm = Objects.requireNonNull(emulator.jvm());
        try (emulator) {
            assertThat(create(emulator)).isEqualTo(200);
            assertThat(list(emulator)).contains("sunflower");

            emulator.clear("life-cycle");

            assertThat(list(emulator)).doesNotContain("sunflower");
        }
        assertThat(ProcessHandle.of(jvm.pid())).isEmpty();
        assertThatThrownBy(() -> new Socket(emulator.host(), emulator.port()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void withoutAWorkFolderOfTheCallersNoneIsLeft() throws Exception {
        FirestoreEmulator emulator = FirestoreEmulator.start(EmulatorOptions.defaults());
        Path own = Objects.requireNonNull(emulator.jvm()).log().getParent();
        assertThat(own).isDirectory();

        emulator.close();

        assertThat(own).doesNotExist();
    }

    @Test
    void whatWasExportedSeedsAnotherOnTheSamePort() throws Exception {
        Path seed;
        int port;
        try (FirestoreEmulator first = FirestoreEmulator.start(options)) {
            assertThat(create(first)).isEqualTo(200);
            seed = first.export("life-cycle", folder);
            port = first.port();
        }
        try (FirestoreEmulator second =
                FirestoreEmulator.start(options.withPort(port).withSeed(seed))) {
            assertThat(list(second)).contains("sunflower");
        }
    }

    @Test
    void itsOwnDeathIsReportedWithItsExitCode() throws Exception {
        BlockingQueue<String> reports = new LinkedBlockingQueue<>();
        try (FirestoreEmulator emulator = FirestoreEmulator.start(options)) {
            emulator.onUnexpectedEnd(reports::add);

            Objects.requireNonNull(emulator.jvm()).kill();

            assertThat(reports.poll(5, SECONDS)).contains("ended by itself with exit code 137");
        }
    }

    @Test
    void aPortInUseIsToldAndLeavesNoProcess() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> FirestoreEmulator.start(options.withPort(taken.getLocalPort())))
                    .isInstanceOf(EmulatorException.class)
                    .hasMessageContaining("is the port " + taken.getLocalPort() + " in use?")
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void aWorkFolderThatCannotBeWrittenIsTold() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> FirestoreEmulator.start(options.withWorkFolder(file)))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("a folder to write to, " + file);
    }

    @Test
    void anEmulatorThatRunsAlreadyIsUsedAndLeftRunning() throws Exception {
        try (FirestoreEmulator running = FirestoreEmulator.start(options)) {
            Map<String, String> environment = Map.of("FIRESTORE_EMULATOR_HOST", "127.0.0.1:" + running.port());
            try (FirestoreEmulator attached = FirestoreEmulator.start(options.withEnvironment(environment))) {
                assertThat(create(attached)).isEqualTo(200);
                assertThat(attached.jvm()).isNull();
            }
            assertThat(list(running)).contains("sunflower");
        }
    }

    @Test
    void aHostWhereNothingAnswersIsTold() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        Map<String, String> environment = Map.of("FIRESTORE_EMULATOR_HOST", "127.0.0.1:" + unused);

        assertThatThrownBy(() -> FirestoreEmulator.start(options.withEnvironment(environment)))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("No Firestore emulator answers at 127.0.0.1:" + unused);
    }

    private int create(FirestoreEmulator emulator) throws IOException, InterruptedException {
        String plant = "{\"fields\": {\"name\": {\"stringValue\": \"sunflower\"}}}";
        return send(HttpRequest.newBuilder(documents(emulator)).POST(HttpRequest.BodyPublishers.ofString(plant)))
                .statusCode();
    }

    private String list(FirestoreEmulator emulator) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(documents(emulator))).body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(
                request.header("Authorization", "Bearer owner")
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI documents(FirestoreEmulator emulator) {
        return emulator.uri().resolve(DOCUMENTS);
    }
}
