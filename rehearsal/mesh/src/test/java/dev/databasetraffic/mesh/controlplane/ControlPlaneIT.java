package dev.databasetraffic.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.kit.LoopbackPorts;
import dev.databasetraffic.mesh.controlplane.Reply.Kind;
import dev.databasetraffic.mesh.envoy.EnvoyAdmin;
import dev.databasetraffic.mesh.envoy.EnvoyFlows;
import dev.databasetraffic.mesh.envoy.HostInMesh;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.peer.NamedServer;
import dev.databasetraffic.mesh.peer.TlsGreeting;
import dev.databasetraffic.mesh.traffic.Flow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A real Envoy that is told what to do by the control plane, between sockets that tell their names. */
@EnabledIf(value = "dev.databasetraffic.mesh.controlplane.RealEnvoy#isThere", disabledReason = RealEnvoy.NEED)
class ControlPlaneIT {

    private static final Duration DRAIN = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private int port;
    private NamedServer database;
    private NamedServer echo;
    private RealEnvoy envoy;
    private ControlPlaneOptions options;
    private ControlPlane controlPlane;
    private EnvoyAdmin itsAdmin;

    @BeforeEach
    void start() throws Exception {
        port = LoopbackPorts.free();
        int admin = LoopbackPorts.free();
        database = new NamedServer("database");
        echo = new NamedServer("echo");
        Path resources = Files.createDirectory(folder.resolve("resources"));
        Files.writeString(folder.resolve("system.yaml"), """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: shop, namespace: shop},
                 spec: {selector: {matchLabels: {app: shop}}, template: {metadata: {labels: {app: shop}},
                                spec: {containers: [{name: shop, image: shop}]}}}}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: echo, namespace: shop},
                 spec: {selector: {app: echo}, ports: [{name: tcp, port: 80}]}}
                ---
                {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: db, namespace: shop},
                 spec: {hosts: [db.example.com, other.example.com], resolution: DNS,
                        ports: [{number: %d, name: tls, protocol: TLS}]}}
                """.formatted(port));
        Files.writeString(
                folder.resolve("endpoints.yaml"),
                "db.example.com:%d: 127.0.0.1:%d\necho.shop.svc.cluster.local:80: 127.0.0.1:%d\n"
                        .formatted(
                                port,
                                database.address().getPort(),
                                echo.address().getPort()));
        options = new ControlPlaneOptions(
                List.of(folder.resolve("system.yaml")),
                folder,
                folder.resolve("endpoints.yaml"),
                resources,
                URI.create("http://127.0.0.1:" + admin),
                0,
                "shop",
                "shop",
                MeshOptions.DEFAULTS,
                Duration.ofMillis(50),
                Duration.ofSeconds(10));
        controlPlane = new ControlPlane(options, problem -> {});
        controlPlane.look();
        assertThat(controlPlane.ready().lines()).containsExactly("ready");
        envoy = RealEnvoy.start(resources, folder.resolve("envoy.log"), admin);
        itsAdmin = new EnvoyAdmin(URI.create("http://127.0.0.1:" + admin));
    }

    @AfterEach
    void end() throws IOException {
        envoy.close();
        database.close();
        echo.close();
    }

    @Test
    void anOutageIsInForceWhenStartReturnsAndDrainsWhatIsOpen() throws Exception {
        try (Socket old = connect("db.example.com")) {
            assertThat(NamedServer.answer(old)).isEqualTo("database");

            long started = System.nanoTime();
            Reply answer = start(rule("db.example.com", "echo", 80));

            assertThat(answer.kind()).as("%s", answer).isEqualTo(Kind.IN_FORCE);
            assertThat(answer.lines())
                    .containsExactly("db.example.com:" + port + " -> outbound|80||echo.shop.svc.cluster.local");
            assertThat(answerTo("db.example.com")).isEqualTo("echo");
            assertThat(old.getInputStream().read()).isEqualTo(-1);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(DRAIN, DRAIN.plusSeconds(10));
        }

        assertThat(controlPlane.stop().kind()).isEqualTo(Kind.IN_FORCE);
        assertThat(answerTo("db.example.com")).isEqualTo("database");
    }

    @Test
    void whatEnvoyCountsIsToldAsFlowsAndTheRuleWhileItHolds() throws Exception {
        EnvoyFlows flows = new EnvoyFlows(itsAdmin, HostInMesh.of("db.example.com", port, true));
        try (Socket open = connect("db.example.com")) {
            assertThat(NamedServer.answer(open)).isEqualTo("database");
            await().untilAsserted(() -> assertThat(flows.look()).singleElement().satisfies(flow -> {
                assertThat(flow.target()).isEqualTo("db.example.com:" + port);
                assertThat(flow.open()).isOne();
                assertThat(flow.opened()).isOne();
                assertThat(flow.bytes()).isGreaterThan("database".length());
            }));
        }
        assertThat(flows.rule()).isEmpty();

        start(rule("db.example.com", "echo", 80));
        assertThat(answerTo("db.example.com")).isEqualTo("echo");
        await().untilAsserted(() -> assertThat(flows.look())
                .extracting(Flow::target, Flow::opened)
                .containsExactlyInAnyOrder(
                        tuple("db.example.com:" + port, 1L), tuple("echo.shop.svc.cluster.local:80", 1L)));
        assertThat(flows.rule())
                .hasValueSatisfying(rule -> assertThat(rule.sentence())
                        .isEqualTo("New connections to db.example.com are led to echo.shop.svc.cluster.local:80."));

        controlPlane.stop();
        await().untilAsserted(() -> {
            flows.look();
            assertThat(flows.rule()).isEmpty();
        });
        assertThat(itsAdmin.drainTime()).isEqualTo(DRAIN);
    }

    @Test
    void nobodyBehindADestinationIsAReset() throws Exception {
        assertThat(answerTo("db.example.com")).isEqualTo("database");
        assertThat(start(rule("db.example.com", "echo", 81)).kind()).isEqualTo(Kind.IN_FORCE);

        assertEnds("db.example.com");
        controlPlane.stop();
        assertThat(answerTo("db.example.com")).isEqualTo("database");
        assertEnds("other.example.com");
        assertEnds("undeclared.example.com");
    }

    @Test
    void whatEnvoyRefusesIsSaidInItsWordsAndLeavesWhatIsInForce() throws Exception {
        start(rule("db.example.com", "echo", 80));
        // The port is somebody else's already, which nobody can know from manifests.
        Reply answer = start(
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: odd, namespace: shop}, spec:"
                        + " {hosts: [odd.example.com], resolution: DNS, ports: [{number: %d, name: tls, protocol: TLS}]}}"
                                .formatted(database.address().getPort()));

        assertThat(answer.kind()).as("%s", answer).isEqualTo(Kind.REFUSED);
        assertThat(answer.text()).contains("cannot bind", "It was taken back: Envoy does what it would do without it.");
        assertThat(answerTo("db.example.com")).isEqualTo("echo");
        await().untilAsserted(() -> assertThat(controlPlane.status().text()).doesNotContain("cannot bind"));
        controlPlane.stop();
        assertThat(answerTo("db.example.com")).isEqualTo("database");
    }

    @Test
    void requestsAreRoutedByTheHostThatTheyName() throws Exception {
        int http = LoopbackPorts.free();
        Files.writeString(
                folder.resolve("endpoints.yaml"),
                "api.example.com:%d: 127.0.0.1:%d\n"
                        .formatted(http, database.address().getPort()));
        Reply answer = start(
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: api, namespace: shop}, spec:"
                        + " {hosts: [api.example.com], resolution: DNS, ports: [{number: %d, name: http, protocol: HTTP}]}}"
                                .formatted(http));

        assertThat(answer.lines()).contains("api.example.com:" + http + " -> outbound|" + http + "||api.example.com");
        // The socket behind it does not speak HTTP, which Envoy answers with 502; for other hosts it has no route.
        assertThat(status(http, "api.example.com")).isEqualTo(502);
        assertThat(status(http, "elsewhere.example.com")).isEqualTo(404);
    }

    @Test
    void aChangedManifestIsTakenOverAndABadOneIsNot() throws Exception {
        Path system = folder.resolve("system.yaml");
        String good = Files.readString(system);
        Files.writeString(system, good + "---\n" + rule("db.example.com", "echo", 80));
        controlPlane.look();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(answerTo("db.example.com")).isEqualTo("echo"));

        Files.writeString(system, good + "---\nkind: [");
        assertThat(controlPlane.status().text()).contains("that is not in force", "system.yaml:");
        assertThat(answerTo("db.example.com")).isEqualTo("echo");

        Files.writeString(system, good);
        controlPlane.look();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(answerTo("db.example.com")).isEqualTo("database"));
    }

    @Test
    void anOutageOfBeforeARestartCanBeEndedThoughTheManifestsDoNotGoTogetherWithIt() throws Exception {
        start(rule("db.example.com", "echo", 80));
        assertThat(answerTo("db.example.com")).isEqualTo("echo");
        String healthy = rule("db.example.com", "db.example.com", port)
                .replace("name: outage", "name: healthy")
                .replace(" hosts: [db.example.com]", " hosts: ['*.example.com']")
                .replace("[db.example.com]", "[db.example.com, other.example.com]");
        Files.writeString(folder.resolve("system.yaml"), "---\n" + healthy, StandardOpenOption.APPEND);
        ControlPlane restarted = new ControlPlane(options, problem -> {});
        restarted.look();
        assertThat(restarted.ready().kind()).isEqualTo(Kind.NOT_READY);

        Reply answer = restarted.stop();

        assertThat(answer.lines()).as("%s", answer).anyMatch(line -> line.endsWith("was taken away."));
        await().untilAsserted(() -> assertThat(answerTo("db.example.com")).isEqualTo("database"));
        assertThat(restarted.status().lines()).contains("No outage is in force.");
    }

    private Reply start(String manifest) throws InterruptedException {
        return controlPlane.start(Path.of("test"), manifest.getBytes(StandardCharsets.UTF_8));
    }

    private static String rule(String host, String destination, int port) {
        return """
                {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: outage, namespace: shop},
                 spec: {exportTo: [.], hosts: [%s], tls: [{match: [{sniHosts: [%s]}],
                                            route: [{destination: {host: %s, port: {number: %d}}}]}]}}
                """.formatted(host, host, destination, port);
    }

    private String answerTo(String serverName) throws Exception {
        try (Socket socket = connect(serverName)) {
            return NamedServer.answer(socket);
        }
    }

    private Socket connect(String serverName) throws Exception {
        Socket socket = new Socket();
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write(TlsGreeting.to(serverName));
        return socket;
    }

    /** Nobody answers: it is closed, or reset. */
    private void assertEnds(String serverName) throws Exception {
        try {
            assertThat(answerTo(serverName)).isEmpty();
        } catch (IOException e) {
            assertThatThrownBy(() -> {
                        throw e;
                    })
                    .hasMessageContaining("reset");
        }
    }

    private static int status(int port, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }
}
