package dev.databasetraffic.mesh.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.router.RouterOptions.Entrance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are told apart by port and address: each server here is the first to speak, as MySQL is. */
class TcpRouterTests {

    private static final String MANIFESTS = """
            {apiVersion: v1, kind: Service, metadata: {name: postgres, namespace: shop},
             spec: {ports: [{port: 5432, name: tcp-postgres}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: sink, namespace: shop}, spec: {ports: [{port: 80, name: tcp}]}}
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: mysql, namespace: shop},
             spec: {hosts: [mysql.example.com], addresses: [192.0.2.7], resolution: DNS, location: MESH_EXTERNAL,
                    ports: [{number: 3306, name: mysql, protocol: TCP}]}}
            """;

    @TempDir
    private Path folder;

    private Speaker postgres;
    private Speaker mysql;
    private Speaker sink;
    private Router router;

    @BeforeEach
    void start() throws Exception {
        postgres = new Speaker("postgres");
        mysql = new Speaker("mysql");
        sink = new Speaker("sink");
        router = Router.start(new RouterOptions(
                List.of(
                        new Entrance(0, "postgres.shop.svc.cluster.local", 5432),
                        new Entrance(0, "mysql.example.com", 3306)),
                List.of(Files.writeString(folder.resolve("steady.yaml"), MANIFESTS)),
                Files.createDirectory(folder.resolve("outages")),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                new Workload("shop", Map.of()),
                MeshOptions.DEFAULTS,
                new Endpoints()
                        .with("postgres.shop.svc.cluster.local", 5432, postgres.address())
                        .with("mysql.example.com", 3306, mysql.address())
                        .with("sink.shop.svc.cluster.local", 80, sink.address()),
                event -> {},
                problem -> {}));
    }

    @AfterEach
    void end() throws IOException {
        router.close();
        for (Speaker speaker : List.of(postgres, mysql, sink)) {
            speaker.close();
        }
    }

    @Test
    void aServerMaySpeakFirst() throws Exception {
        assertThat(heardAt(0)).isEqualTo("postgres");
        assertThat(heardAt(1)).isEqualTo("mysql");
    }

    @Test
    void aDatabaseInsideTheClusterIsDivertedByATcpRuleAndNoOtherIs() throws Exception {
        assertThat(heardAt(0)).isEqualTo("postgres");
        router.apply(rule("postgres", "tcp: [{match: [{port: 5432}], route: [{destination: {host: sink}}]}]"));

        assertThat(heardAt(0)).isEqualTo("sink");
        assertThat(heardAt(1)).isEqualTo("mysql");
        router.removeOutages();
        assertThat(heardAt(0)).isEqualTo("postgres");
    }

    @Test
    void aHostWithAnAddressOfItsOwnIsResetWhereNobodyIsBehindTheRoute() throws Exception {
        assertThat(heardAt(1)).isEqualTo("mysql");
        router.apply(rule("mysql.example.com", "tcp: [{route: [{destination: {host: nobody, port: {number: 1}}}]}]"));

        assertThatThrownBy(() -> heardAt(1)).isInstanceOf(IOException.class).hasMessageContaining("reset");
        assertThat(heardAt(0)).isEqualTo("postgres");
        router.removeOutages();
        assertThat(heardAt(1)).isEqualTo("mysql");
    }

    @Test
    void aTlsRuleForAPortWithoutTlsDoesNothingAndTheNotesSaySo() throws Exception {
        router.apply(
                rule(
                        "postgres.shop.svc.cluster.local",
                        "tls: [{match: [{sniHosts: [postgres.shop.svc.cluster.local]}], route: [{destination: {host: sink}}]}]"));

        assertThat(heardAt(0)).isEqualTo("postgres");
        assertThat(router.notes()).singleElement().asString().contains("This tls route does nothing", "5432");
    }

    private Path rule(String host, String routes) throws IOException {
        return Files.writeString(
                folder.resolve("rule.yaml"),
                "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: outage, namespace: shop},"
                        + " spec: {hosts: [" + host + "], " + routes + "}}");
    }

    private String heardAt(int entrance) throws IOException {
        InetSocketAddress address = router.address(entrance);
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(5_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** Says its name to whoever connects, and ends. */
    private static final class Speaker implements AutoCloseable {

        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        Speaker(String name) throws IOException {
            Thread speaks = new Thread(() -> speak(name));
            speaks.setDaemon(true);
            speaks.start();
        }

        InetSocketAddress address() {
            return (InetSocketAddress) listener.getLocalSocketAddress();
        }

        private void speak(String name) {
            while (!listener.isClosed()) {
                try (Socket client = listener.accept()) {
                    client.getOutputStream().write(name.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The client or the test has ended.
                }
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
