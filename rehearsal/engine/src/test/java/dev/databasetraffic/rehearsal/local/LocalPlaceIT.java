package dev.databasetraffic.rehearsal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real services, a Firestore and the manifests of {@code istio/}, started once for all tests. */
class LocalPlaceIT {

    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path BLACK_HOLE = HOME.resolve("istio/outage/black-hole.yaml");
    private static final Duration DRAIN = Duration.ofSeconds(1);

    /** The service's deadline of 2 s, and what HTTP and a busy machine add to it. */
    private static final Duration FAILURE_BOUND = Duration.ofMillis(3500);

    /** Over a second on a quiet machine of two cores; this is the bound on a busy one. */
    private static final Duration RECOVERY_BOUND = Duration.ofSeconds(5);

    @TempDir
    static Path logs;

    private static LocalPlace place;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<MeshEvent> events = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        place = Suite.open(
                new PlaceOptions(HOME, logs, 0, DRAIN, Map.of(), line -> {}).withDatabase(TestDatabase.CHOICE));
    }

    @AfterAll
    static void stop() {
        if (place != null) {
            place.close();
        }
    }

    @BeforeEach
    void listen() {
        place.onMeshEvent(events::add);
    }

    @AfterEach
    void restore() throws Exception {
        place.remove();
        await().atMost(RECOVERY_BOUND).until(() -> post("restored").statusCode() == 201);
    }

    @Test
    void theBlackHoleIsFeltByCallersSeenByEchoAndOverWhenItsFileIsGone() throws Exception {
        assertThat(post("before").statusCode()).isEqualTo(201);
        double arrivedBefore = connectionsAtEcho();

        place.apply(BLACK_HOLE);

        await().atMost(DRAIN.plus(FAILURE_BOUND)).until(() -> kinds().contains(MeshEvent.Kind.OLD_CONNECTION_GONE));
        await().atMost(FAILURE_BOUND).until(() -> post("during").statusCode() == 503);
        long asked = System.nanoTime();
        HttpResponse<String> failure = post("during");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(FAILURE_BOUND);
        assertThat(failure.statusCode()).isEqualTo(503);
        assertThat(failure.headers().firstValue("Retry-After")).isPresent();
        assertThat(failure.body()).contains("urn:problem:plants:database-unavailable", "\"outcome\":\"not-written\"");
        await().atMost(FAILURE_BOUND).until(() -> kinds().contains(MeshEvent.Kind.DIVERTED));
        await().atMost(FAILURE_BOUND).until(() -> connectionsAtEcho() > arrivedBefore);

        place.remove();

        await().atMost(RECOVERY_BOUND).until(() -> post("after").statusCode() == 201);
        assertThat(kinds())
                .containsExactlyInAnyOrder(
                        MeshEvent.Kind.APPLIED,
                        MeshEvent.Kind.OLD_CONNECTION_GONE,
                        MeshEvent.Kind.DIVERTED,
                        MeshEvent.Kind.REMOVED);
        assertThat(place.stored("before")).containsEntry("before", 1);
        assertThat(place.stored("after")).containsKey("after");
        assertThat(place.stored("during")).isEmpty();
    }

    @Test
    void theClassicTcpRuleDoesNothingAndTheNotesSayWhy() throws Exception {
        Path classic = HOME.resolve("experiments/published-rule.yaml");

        place.apply(classic);

        await().during(DRAIN.plusSeconds(1))
                .atMost(DRAIN.plusSeconds(20))
                .until(() -> post("classic").statusCode() == 201);
        assertThat(events).isEmpty();
        assertThat(place.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains("VirtualService plants/firestore-outage", "This tcp route does nothing", "is TLS"));
    }

    @Test
    void anotherProcessStartsAndStopsAnOutageByItsFile() throws Exception {
        RunningSystem system = RunningSystem.find(HOME);
        assertThat(system.service()).isEqualTo(place.service());

        system.apply(BLACK_HOLE);
        await().atMost(Duration.ofSeconds(2)).until(() -> kinds().contains(MeshEvent.Kind.APPLIED));
        assertThat(system.remove()).containsExactly("black-hole.yaml");

        await().atMost(Duration.ofSeconds(2)).until(() -> kinds().contains(MeshEvent.Kind.REMOVED));
    }

    @Test
    void aFileThatIsNoManifestIsRefusedAndChangesNothing() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "kind: [");

        assertThatThrownBy(() -> place.apply(broken))
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("broken.yaml:1");

        assertThat(post("after-broken").statusCode()).isEqualTo(201);
        assertThat(events).isEmpty();
    }

    @Test
    void aPortInUseIsToldBeforeAnythingIsStarted() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PlaceOptions options = new PlaceOptions(HOME, folder, taken.getLocalPort(), DRAIN, Map.of(), line -> {});

            assertThatThrownBy(() -> Suite.open(options))
                    .isInstanceOf(PlaceException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " of 127.0.0.1 cannot be used");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aServiceThatDoesNotStartIsQuotedAndNothingOfItsRunIsLeft() throws Exception {
        List<Path> runs = runFolders();
        Map<String, String> invalid = Map.of("plants.firestore.deadline", "-1s");
        PlaceOptions options = new PlaceOptions(HOME, folder, 0, DRAIN, invalid, line -> {});

        assertThatThrownBy(() -> Suite.open(options))
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("plants ended while it started, with exit code 1")
                .hasMessageContaining(folder.resolve("plants.log").toString())
                .hasMessageContaining("deadline");

        assertThat(runFolders()).isEqualTo(runs);
        assertThat(ProcessHandle.current().descendants().filter(process -> isOf(process, folder)))
                .isEmpty();
    }

    private static boolean isOf(ProcessHandle process, Path logs) {
        return process.info().commandLine().orElse("").contains(logs.toString());
    }

    private static List<Path> runFolders() throws IOException {
        try (Stream<Path> folders = Files.list(HOME.resolve(".rehearsal"))) {
            return folders.sorted().toList();
        }
    }

    private List<MeshEvent.Kind> kinds() {
        return events.stream().map(MeshEvent::kind).toList();
    }

    private HttpResponse<String> post(String name) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(place.service().resolve("/plants"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + name + "\"}"))
                        .timeout(Duration.ofSeconds(70))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private double connectionsAtEcho() throws IOException, InterruptedException {
        URI metrics = place.echo().management().resolve("/actuator/prometheus");
        return http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("echo_connections_total") && line.contains("listener=\"echo\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
