package dev.databasetraffic.mesh.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.peer.NamedServer;
import dev.databasetraffic.mesh.peer.TlsGreeting;
import dev.databasetraffic.mesh.router.RouterOptions.Entrance;
import dev.databasetraffic.mesh.traffic.Flow;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With plain sockets for the database and echo, each of which names itself to whoever connects. */
class RouterTests {

    private static final Duration DRAIN = Duration.ofMillis(300);
    private static final Path K8S = Path.of("..", "..", "k8s");
    private static final Path ISTIO = Path.of("..", "..", "istio");

    @TempDir
    Path outages;

    private final List<MeshEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private NamedServer database;
    private NamedServer echo;
    private Router router;

    @BeforeEach
    void start() throws Exception {
        database = new NamedServer("database");
        echo = new NamedServer("echo");
        Endpoints endpoints = new Endpoints()
                .with("firestore.googleapis.com", 443, database.address())
                .with("echo.plants.svc.cluster.local", 80, echo.address());
        router = Router.start(options("firestore.googleapis.com", List.of(K8S, ISTIO), endpoints));
    }

    private RouterOptions options(String host, List<Path> steadyState, Endpoints endpoints) {
        return new RouterOptions(
                List.of(new Entrance(0, host, 443)),
                steadyState,
                outages,
                Duration.ofMillis(20),
                DRAIN,
                new Workload("plants", Map.of("app", "plants")),
                MeshOptions.DEFAULTS,
                endpoints,
                events::add,
                problems::add);
    }

    @AfterEach
    void end() throws IOException {
        router.close();
        database.close();
        echo.close();
    }

    @Test
    void theBlackHoleDivertsNewConnectionsAtOnceAndOldOnesAfterTheDrainTime() throws Exception {
        try (Socket old = connect("firestore.googleapis.com")) {
            assertThat(NamedServer.answer(old)).isEqualTo("database");

            long applied = System.nanoTime();
            router.apply(ISTIO.resolve("outage/black-hole.yaml"));

            assertThat(answerTo("firestore.googleapis.com")).isEqualTo("echo");
            assertThat(kinds()).containsExactly(MeshEvent.Kind.APPLIED, MeshEvent.Kind.DIVERTED);
            assertThat(old.getInputStream().read()).isEqualTo(-1);
            assertThat(Duration.ofNanos(System.nanoTime() - applied)).isBetween(DRAIN, DRAIN.plusSeconds(2));
            await().untilAsserted(() -> assertThat(kinds()).endsWith(MeshEvent.Kind.OLD_CONNECTION_GONE));
        }

        router.removeOutages();

        assertThat(answerTo("firestore.googleapis.com")).isEqualTo("database");
        assertThat(kinds()).endsWith(MeshEvent.Kind.REMOVED);
    }

    @Test
    void anOpenConnectionOutlivesARuleThatDoesNotConcernIt() throws Exception {
        try (Socket old = connect("firestore.googleapis.com")) {
            assertThat(NamedServer.answer(old)).isEqualTo("database");
            router.apply(classicTcpRule());

            assertThat(answerTo("firestore.googleapis.com")).isEqualTo("database");
            assertThat(kinds()).isEmpty();
            assertThat(router.notes()).singleElement().asString().contains("This tcp route does nothing");
            old.setSoTimeout((int) DRAIN.multipliedBy(3).toMillis());
            assertThatThrownBy(() -> old.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void anOutageThatAnotherKeepsFromComingIntoForceIsNotLeftBehind() throws Exception {
        Path broken = Files.writeString(outages.resolve("broken.yaml"), "kind: [");

        assertThatThrownBy(() -> router.apply(ISTIO.resolve("outage/black-hole.yaml")))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("broken.yaml");

        assertThat(outages.resolve("black-hole.yaml")).doesNotExist();
        Files.delete(broken);
        router.apply(ISTIO.resolve("outage/black-hole.yaml"));
        assertThat(answerTo("firestore.googleapis.com")).isEqualTo("echo");
    }

    @Test
    void aHealthyStateThatNoClusterWouldTakeIsRefused(@TempDir Path steady) throws Exception {
        Files.writeString(steady.resolve("entry.yaml"), """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: db, namespace: plants}
                spec: {hosts: [db.example], resolution: DNS, ports: [{number: "443", name: tls, protocol: TLS}]}
                """);

        assertThatThrownBy(() -> Router.start(options("db.example", List.of(steady), new Endpoints())))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("entry.yaml:4: ServiceEntry db would be refused");
    }

    @Test
    void aServiceWithoutEndpointsResetsTheConnection() throws Exception {
        assertThat(answerTo("firestore.googleapis.com")).isEqualTo("database");
        router.apply(ISTIO.resolve("outage/refused.yaml"));

        assertThatThrownBy(() -> answerTo("firestore.googleapis.com"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
        router.removeOutages();
        assertThat(answerTo("firestore.googleapis.com")).isEqualTo("database");
    }

    @Test
    void aFileThatAppearsInTheFolderIsAppliedAndOneThatVanishesIsRemoved() throws Exception {
        Path file = outages.resolve("black-hole.yaml");
        Files.copy(ISTIO.resolve("outage/black-hole.yaml"), file);
        await().untilAsserted(
                        () -> assertThat(answerTo("firestore.googleapis.com")).isEqualTo("echo"));

        Files.delete(file);
        await().untilAsserted(
                        () -> assertThat(answerTo("firestore.googleapis.com")).isEqualTo("database"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"outage.yml", "outage.json", "list.yaml"})
    void whateverKubectlTakesIsInForce(String name) throws Exception {
        Manifest outage = Manifest.read(ISTIO.resolve("outage/black-hole.yaml")).get(0);
        String text = name.startsWith("list")
                ? "{apiVersion: v1, kind: List, items: [" + outage.tree() + "]}"
                : outage.tree().toString();
        Path elsewhere = Files.createDirectory(outages.resolve("elsewhere"));
        router.apply(Files.writeString(elsewhere.resolve(name), text));

        assertThat(answerTo("firestore.googleapis.com")).isEqualTo("echo");
        router.removeOutages();
        assertThat(answerTo("firestore.googleapis.com")).isEqualTo("database");
    }

    @Test
    void aBadFileInTheFolderIsReportedOnceAndLeavesTheRoutesAsTheyWere() throws Exception {
        router.apply(ISTIO.resolve("outage/black-hole.yaml"));
        Files.writeString(outages.resolve("bad.yaml"), "kind: [\n");

        await().untilAsserted(
                        () -> assertThat(problems).singleElement().asString().contains("bad.yaml:"));
        assertThat(answerTo("firestore.googleapis.com")).isEqualTo("echo");
        assertThat(problems).hasSize(1);
    }

    @Test
    void aBadFileIsRefusedAndNotPutIntoTheFolder(@TempDir Path elsewhere) throws Exception {
        Path bad = Files.writeString(elsewhere.resolve("bad.yaml"), "just text\n");

        assertThatThrownBy(() -> router.apply(bad))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("bad.yaml:1");
        assertThat(outages).isEmptyDirectory();
        assertThat(answerTo("firestore.googleapis.com")).isEqualTo("database");
    }

    @Test
    void whatPassesIsCountedByWhereItWent() throws Exception {
        byte[] greeting = TlsGreeting.to("firestore.googleapis.com");
        try (Socket socket = connect(greeting)) {
            assertThat(NamedServer.answer(socket)).isEqualTo("database");
            assertThat(router.flows())
                    .containsExactly(new Flow(
                            "firestore.googleapis.com",
                            "firestore.googleapis.com:443",
                            1,
                            1,
                            0,
                            greeting.length + "database".length() + 1L));
        }
        await().untilAsserted(() ->
                assertThat(flowTo("firestore.googleapis.com:443").open()).isZero());

        router.apply(ISTIO.resolve("outage/black-hole.yaml"));
        assertThat(answerTo("firestore.googleapis.com")).isEqualTo("echo");

        assertThat(flowTo("echo.plants.svc.cluster.local:80").opened()).isOne();
        assertThat(flowTo("firestore.googleapis.com:443").opened()).isOne();
    }

    @Test
    void aConnectionThatNobodyTakesIsCountedAsFailed() throws Exception {
        router.apply(ISTIO.resolve("outage/refused.yaml"));

        assertThatThrownBy(() -> answerTo("firestore.googleapis.com")).isInstanceOf(IOException.class);

        Flow refused = flowTo("nowhere.plants.svc.cluster.local:80");
        assertThat(refused.failed()).isOne();
        assertThat(refused.open()).isZero();
    }

    @Test
    void aConnectionThatItsClientResetsIsNotCountedAsOpenAnyMore() throws Exception {
        try (Socket socket = connect("firestore.googleapis.com")) {
            assertThat(NamedServer.answer(socket)).isEqualTo("database");
            assertThat(flowTo("firestore.googleapis.com:443").open()).isOne();
            socket.setSoLinger(true, 0);
        }
        await().untilAsserted(() ->
                assertThat(flowTo("firestore.googleapis.com:443").open()).isZero());
    }

    @Test
    void theRuleInForceIsToldByItsEffect() throws Exception {
        assertThat(router.rules()).isEmpty();

        router.apply(ISTIO.resolve("outage/half.yaml"));

        assertThat(router.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.name()).isEqualTo("VirtualService plants/firestore-outage");
            assertThat(rule.source()).contains("half.yaml:");
            assertThat(rule.text()).contains("sniHosts");
            assertThat(rule.sentence())
                    .isEqualTo("New connections to firestore.googleapis.com are led to"
                            + " echo.plants.svc.cluster.local:80 (50 %) or firestore.googleapis.com:443 (50 %).");
        });
        router.removeOutages();
        assertThat(router.rules()).isEmpty();
    }

    private Flow flowTo(String target) {
        return router.flows().stream()
                .filter(flow -> flow.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    private Path classicTcpRule() throws IOException {
        Path folder = Files.createTempDirectory(outages, "elsewhere");
        return Files.writeString(folder.resolve("classic.yaml"), """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: firestore-outage
              namespace: plants
            spec:
              hosts: [firestore.googleapis.com]
              tcp:
                - match: [{port: 443}]
                  route:
                    - destination: {host: echo.plants.svc.cluster.local, port: {number: 80}}
            """);
    }

    private List<MeshEvent.Kind> kinds() {
        return events.stream().map(MeshEvent::kind).toList();
    }

    private String answerTo(String serverName) throws Exception {
        try (Socket socket = connect(serverName)) {
            return NamedServer.answer(socket);
        }
    }

    private Socket connect(String serverName) throws Exception {
        return connect(TlsGreeting.to(serverName));
    }

    private Socket connect(byte[] greeting) throws IOException {
        Socket socket =
                new Socket(router.address().getAddress(), router.address().getPort());
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write(greeting);
        return socket;
    }
}
