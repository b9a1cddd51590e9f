package dev.databasetraffic.mesh.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.mesh.traffic.MeshEvent.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The order of events, told from admin answers in the form of Envoy 1.40's. Two of the open connections to the database
 * are idle in Envoy's pool, as after attempts to connect of which some were refused.
 */
class EnvoyWatchTests {

    private static final String HOST = "firestore.googleapis.com";
    private static final String DATABASE = "outbound|443||" + HOST;
    private static final String ECHO = "outbound|80||echo.plants.svc.cluster.local";
    private static final Duration PACE = Duration.ofMillis(10);

    private static final String LISTENERS = """
            {"configs": [
              {"active_state": {"listener": {"name": "10.96.0.7_443",
                "address": {"socket_address": {"port_value": 443}}, "filter_chains": [
                {"filter_chain_match": {"server_names": [%s]}, "filters": [{"typed_config": {"cluster": "%s"}}]}]}}},
              {"active_state": {"listener": {"name": "0.0.0.0_6443",
                "address": {"socket_address": {"port_value": 6443}}, "filter_chains": [
                {"filter_chain_match": {"server_names": ["firestore.googleapis.com"]},
                 "filters": [{"typed_config": {"cluster": "outbound|6443||firestore.googleapis.com"}}]}]}}}]}
            """;
    private static final String CLUSTERS = """
            {"cluster_statuses": [
              {"name": "%s", "host_statuses": [{"stats": [
                {"name": "cx_active", "value": "3"}, {"name": "rq_active", "value": "%d"},
                {"name": "cx_total", "value": "9"}]}]},
              {"name": "%s", "host_statuses": [{"stats": [{"name": "cx_total", "value": "%d"}]}]},
              {"name": "outbound|80||nowhere.plants.svc.cluster.local"},
              {"name": "outbound|9411||zipkin.tracing.svc.cluster.local", "host_statuses": [{"stats": [
                {"name": "cx_total", "value": "%d"}]}]}]}
            """;
    private static final String STATS = """
            {"stats": [{"name": "cluster.outbound|80||nowhere.plants.svc.cluster.local;.upstream_cx_none_healthy",
              "value": %d}]}
            """;

    private final AtomicInteger looks = new AtomicInteger();
    private final List<Kind> kinds = new CopyOnWriteArrayList<>();
    private final List<String> details = new CopyOnWriteArrayList<>();

    private volatile String names = quoted(HOST);
    private volatile String target = DATABASE;
    private volatile int databaseInUse = 1;
    private volatile int echoAttempts = 7;
    private volatile int otherAttempts = 3;
    private volatile int withoutEndpoint;

    private FakeEnvoy envoy;
    private EnvoyWatch watch;

    @BeforeEach
    void start() throws IOException {
        envoy = FakeEnvoy.start(this::answer);
        EnvoyAdmin admin = envoy.admin();
        watch = EnvoyWatch.start(List.of(admin), HostInMesh.of(HOST, 443, true), PACE);
        watch.onMeshEvent((MeshEvent event) -> {
            details.add(event.detail());
            kinds.add(event.kind());
        });
        awaitLooks();
    }

    @AfterEach
    void end() {
        watch.close();
        envoy.close();
    }

    @Test
    void outageIsToldInItsOrder() {
        assertThat(kinds).isEmpty();

        target = ECHO;
        await().untilAsserted(() -> assertThat(kinds).containsExactly(Kind.APPLIED));
        assertThat(details.get(0)).startsWith(HOST + " is led to echo.").doesNotContain("|");
        echoAttempts++;
        await().untilAsserted(() -> assertThat(kinds).containsExactly(Kind.APPLIED, Kind.DIVERTED));
        databaseInUse = 0;
        await().untilAsserted(
                        () -> assertThat(kinds).containsExactly(Kind.APPLIED, Kind.DIVERTED, Kind.OLD_CONNECTION_GONE));
        target = DATABASE;
        await().untilAsserted(() -> assertThat(kinds).endsWith(Kind.REMOVED).hasSize(4));
        assertThat(watch.notes()).isEmpty();
    }

    @Test
    void aRuleForAllNamesOfADomainIsSeen() {
        names = quoted("*.googleapis.com");
        target = ECHO;
        await().untilAsserted(() -> assertThat(kinds).containsExactly(Kind.APPLIED));

        names = quoted(HOST);
        target = DATABASE;
        await().untilAsserted(() -> assertThat(kinds).endsWith(Kind.REMOVED));
    }

    /** Its listener is for nobody else, and asks for no name while nothing else does. */
    @Test
    void hostWithAnAddressOfItsOwnIsWatchedThereThoughItsClientsSayItsName() {
        names = "";
        List<Kind> seen = new CopyOnWriteArrayList<>();
        HostInMesh host = new HostInMesh(HOST, 443, true, "10.96.0.7_443");
        try (EnvoyWatch own = EnvoyWatch.start(List.of(envoy.admin()), host, PACE)) {
            own.onMeshEvent(event -> seen.add(event.kind()));
            awaitLooks();
            assertThat(seen).isEmpty();

            names = quoted(HOST);
            target = ECHO;
            await().untilAsserted(() -> assertThat(seen).containsExactly(Kind.APPLIED));
            names = "";
            target = DATABASE;
            await().untilAsserted(() -> assertThat(seen).endsWith(Kind.REMOVED));
        }
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }

    /** As of a database whose clients say no server name: its listener is known from when it was healthy. */
    @Test
    void hostKnownByItsPortAloneIsWatchedAtItsListener() {
        names = "";
        List<Kind> seen = new CopyOnWriteArrayList<>();
        EnvoyAdmin admin = envoy.admin();
        try (EnvoyWatch byPort = EnvoyWatch.start(List.of(admin), HostInMesh.of(HOST, 443, false), PACE)) {
            byPort.onMeshEvent(event -> seen.add(event.kind()));
            awaitLooks();

            target = ECHO;
            databaseInUse = 0;
            await().untilAsserted(() -> assertThat(seen).containsExactly(Kind.APPLIED, Kind.OLD_CONNECTION_GONE));
            target = DATABASE;
            await().untilAsserted(() -> assertThat(seen).endsWith(Kind.REMOVED));
            assertThat(byPort.notes()).isEmpty();
        }
    }

    @Test
    void connectionResetForWantOfEndpointsIsDiverted() {
        target = "outbound|80||nowhere.plants.svc.cluster.local";
        await().untilAsserted(() -> assertThat(kinds).containsExactly(Kind.APPLIED));

        withoutEndpoint++;

        await().untilAsserted(() -> assertThat(kinds).containsExactly(Kind.APPLIED, Kind.DIVERTED));
    }

    @Test
    void aConnectionToSomebodyElseIsNotDivertedAndOneAfterARestartIs() {
        target = ECHO;
        await().untilAsserted(() -> assertThat(kinds).containsExactly(Kind.APPLIED));

        otherAttempts++;
        awaitLooks();
        assertThat(kinds).containsExactly(Kind.APPLIED);

        echoAttempts = 1;
        await().untilAsserted(() -> assertThat(kinds).containsExactly(Kind.APPLIED, Kind.DIVERTED));
    }

    @Test
    void connectionThatOutlivesTheRuleIsNoted() {
        target = ECHO;
        awaitLooks();
        target = DATABASE;
        await().untilAsserted(() -> assertThat(kinds).containsExactly(Kind.APPLIED, Kind.REMOVED));

        assertThat(watch.notes()).singleElement().asString().startsWith("1 connection to " + HOST);
    }

    @Test
    void whoLooksOnDemandIsToldOfWhatChangesAndNotThatAnOutageBeganWhichHeMissed() {
        List<Kind> seen = new ArrayList<>();
        List<EnvoyAdmin> sidecars = List.of(envoy.admin());
        EnvoyWatch onDemand = EnvoyWatch.onDemand(HostInMesh.of(HOST, 443, true));
        onDemand.onMeshEvent(event -> seen.add(event.kind()));
        target = ECHO;
        databaseInUse = 0;
        onDemand.look(sidecars);
        onDemand.look(sidecars);
        assertThat(seen).isEmpty();

        target = DATABASE;
        onDemand.look(sidecars);
        target = ECHO;
        onDemand.look(sidecars);
        assertThat(seen).containsExactly(Kind.REMOVED, Kind.APPLIED, Kind.OLD_CONNECTION_GONE);

        onDemand.rest();
        target = DATABASE;
        onDemand.look(sidecars);
        assertThat(seen).hasSize(3);
    }

    @Test
    void whereNoSidecarKnowsOfTheHostNothingIsTold() {
        List<Kind> seen = new ArrayList<>();
        List<EnvoyAdmin> sidecars = List.of(envoy.admin());
        EnvoyWatch onDemand = EnvoyWatch.onDemand(HostInMesh.of(HOST, 443, true));
        onDemand.onMeshEvent(event -> seen.add(event.kind()));
        onDemand.look(sidecars);

        onDemand.look(List.of());
        names = quoted("another.example.com");
        onDemand.look(sidecars);

        assertThat(seen).isEmpty();
        assertThat(onDemand.notes()).isEmpty();
    }

    @Test
    void envoyThatDoesNotAnswerIsNoted() {
        envoy.close();

        await().untilAsserted(() -> assertThat(watch.notes())
                .singleElement()
                .asString()
                .contains("looks at the sidecars' admin interface failed"));
        assertThat(kinds).isEmpty();
    }

    private void awaitLooks() {
        int seen = looks.get();
        await().until(() -> looks.get() >= seen + 2);
    }

    private String answer(URI uri) {
        switch (uri.getPath()) {
            case "/config_dump":
                return LISTENERS.formatted(names, target);
            case "/clusters":
                return CLUSTERS.formatted(DATABASE, databaseInUse, ECHO, echoAttempts, otherAttempts);
            default:
                looks.incrementAndGet();
                return STATS.formatted(withoutEndpoint);
        }
    }
}
