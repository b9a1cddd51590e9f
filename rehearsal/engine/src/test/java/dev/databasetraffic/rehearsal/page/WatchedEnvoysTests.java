package dev.databasetraffic.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.databasetraffic.mesh.envoy.EnvoyAdmin;
import dev.databasetraffic.mesh.envoy.EnvoyFlows;
import dev.databasetraffic.mesh.envoy.HostInMesh;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedEnvoysTests {

    private static final HostInMesh HOST = HostInMesh.of("db.example.com", 443, true);

    private HttpServer envoy;
    private URI admin;

    @BeforeEach
    void start() throws IOException {
        envoy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        envoy.createContext("/", exchange -> {
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        envoy.start();
        admin = URI.create("http://127.0.0.1:" + envoy.getAddress().getPort());
    }

    @AfterEach
    void end() {
        envoy.stop(0);
    }

    @Test
    void anInstanceThatIsNotReadyIsShownAsSuchBesideTheOthers() throws Exception {
        Map<String, WatchedEnvoys.Instance> instances = new LinkedHashMap<>();
        instances.put("shop-1", instance(admin, true));
        instances.put("shop-2", instance(admin, false));
        instances.put("shop-3", instance(URI.create("http://127.0.0.1:1"), true));

        assertThat(watched(instances).look().replicas())
                .extracting(Look.Replica::name, Look.Replica::proxy)
                .containsExactly(
                        tuple("shop-1", "Envoy"),
                        tuple("shop-2", "Envoy; not ready for callers"),
                        tuple("shop-3", "Envoy, which does not answer"));
    }

    private static WatchedEnvoys.Instance instance(URI admin, boolean ready) {
        return new WatchedEnvoys.Instance(new EnvoyFlows(new EnvoyAdmin(admin), HOST), ready);
    }

    private Watched watched(Map<String, WatchedEnvoys.Instance> instances) {
        return new WatchedEnvoys(
                "shop",
                admin,
                HOST.name(),
                Duration.ZERO,
                () -> instances,
                () -> List::of,
                new RuleLookup(List::of),
                listener -> {});
    }
}
