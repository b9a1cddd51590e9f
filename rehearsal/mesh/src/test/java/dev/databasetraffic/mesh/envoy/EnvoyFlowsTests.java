package dev.databasetraffic.mesh.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.mesh.traffic.Flow;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With admin answers in the form of Envoy 1.40's. */
class EnvoyFlowsTests {

    private static final String HOST = "db.example.com";
    private static final String DATABASE = "outbound|443||" + HOST;
    private static final String ECHO = "outbound|80||echo.shop.svc.cluster.local";

    private String names = "\"" + HOST + "\"";
    private String target = DATABASE;
    private String stats = "";
    private String inbound = "";
    private FakeEnvoy envoy;
    private EnvoyAdmin admin;

    @BeforeEach
    void start() throws IOException {
        envoy = FakeEnvoy.start(uri -> answer(uri.getPath()));
        admin = envoy.admin();
    }

    @AfterEach
    void end() {
        envoy.close();
    }

    @Test
    void bytesOfBothDirectionsAndRefusedConnectionsAreCounted() throws Exception {
        stats = """
                {"name": "cluster.%1$s.upstream_cx_rx_bytes_total", "value": 224},
                {"name": "cluster.%1$s.upstream_cx_tx_bytes_total", "value": 84},
                {"name": "cluster.%1$s;.upstream_cx_none_healthy", "value": 2}""".formatted(DATABASE);

        assertThat(new EnvoyFlows(admin, HostInMesh.of(HOST, 443, true)).look())
                .containsExactly(new Flow(HOST, HOST + ":443", 1, 9 + 2, 3 + 2, 308L));
    }

    @Test
    void aClusterIsKnownInStatisticsWithoutItsDotsToo() throws Exception {
        stats = """
                {"name": "cluster.%s.upstream_cx_rx_bytes_total", "value": 7}""".formatted(DATABASE.replace('.', '_'));

        assertThat(new EnvoyFlows(admin, HostInMesh.of(HOST, 443, true)).look())
                .singleElement()
                .extracting(Flow::bytes)
                .isEqualTo(7L);
    }

    @Test
    void bytesThatTheSidecarWasToldNotToCountAreNotZero() throws Exception {
        assertThat(new EnvoyFlows(admin, HostInMesh.of(HOST, 443, true)).look())
                .singleElement()
                .extracting(Flow::bytes)
                .isNull();
    }

    @Test
    void whereTheHostWasEverLedStaysAmongTheFlowsAndTheRuleIsToldWhileItHolds() throws Exception {
        EnvoyFlows flows = new EnvoyFlows(admin, HostInMesh.of(HOST, 443, true));
        flows.look();
        assertThat(flows.rule()).isEmpty();

        target = ECHO;
        assertThat(flows.look())
                .extracting(Flow::target)
                .containsExactly(HOST + ":443", "echo.shop.svc.cluster.local:80");
        assertThat(flows.rule())
                .hasValueSatisfying(rule -> assertThat(rule.sentence())
                        .isEqualTo("New connections to db.example.com are led to echo.shop.svc.cluster.local:80."));

        target = DATABASE;
        assertThat(flows.look()).hasSize(2);
        assertThat(flows.rule()).isEmpty();
    }

    @Test
    void aHostThatIsToldApartByItsPortIsFollowedOnTheListenerOfThatPort() throws Exception {
        names = "";
        EnvoyFlows flows = new EnvoyFlows(admin, HostInMesh.of(HOST, 443, false));
        flows.look();
        assertThat(flows.rule()).isEmpty();

        target = ECHO;
        assertThat(flows.look()).extracting(Flow::target).contains("echo.shop.svc.cluster.local:80");
        assertThat(flows.rule()).isPresent();
    }

    @Test
    void aHostThatIsToldApartByItsPortIsFoundInAnOutageThatBeganBefore() throws Exception {
        names = "";
        target = ECHO;
        EnvoyFlows flows = new EnvoyFlows(admin, new HostInMesh(HOST, 443, false, "0.0.0.0_443"));

        assertThat(flows.look()).extracting(Flow::target).contains("echo.shop.svc.cluster.local:80");
        assertThat(flows.rule()).isPresent();
    }

    @Test
    void aHostWhoseListenerIsNotThereIsNotTakenForHealthy() {
        target = ECHO;
        EnvoyFlows flows = new EnvoyFlows(admin, new HostInMesh(HOST, 443, false, "10.96.0.9_443"));

        assertThatThrownBy(flows::look).isInstanceOf(IOException.class).hasMessageContaining("no listener");
    }

    @Test
    void whatCallersAskedTheWorkloadItselfIsCountedWhereTheyComeThroughEnvoy() throws Exception {
        EnvoyFlows flows = new EnvoyFlows(admin, HostInMesh.of(HOST, 443, true));
        flows.look();
        assertThat(flows.requests()).isEmpty();

        inbound = """
                , {"name": "inbound|8080||", "host_statuses": [{"stats": [{"name": "rq_total", "value": "41"}]}]}
                , {"name": "outbound|80||shop", "host_statuses": [{"stats": [{"name": "rq_total", "value": "7"}]}]}""";
        flows.look();
        assertThat(flows.requests()).hasValue(41);
    }

    @Test
    void theDrainTimeIsWhatEnvoyWasStartedWith() throws Exception {
        assertThat(admin.drainTime()).isEqualTo(Duration.ofSeconds(45));
    }

    private String answer(String path) {
        return switch (path) {
            case "/config_dump" -> """
                    {"configs": [{"active_state": {"listener": {"name": "0.0.0.0_443", "filter_chains": [
                      {"filter_chain_match": {"server_names": [%s]},
                       "filters": [{"typed_config": {"cluster": "%s"}}]}]}}}]}""".formatted(names, target);
            case "/clusters" -> """
                    {"cluster_statuses": [{"name": "%s", "host_statuses": [{"stats": [
                      {"name": "cx_active", "value": "3"}, {"name": "rq_active", "value": "1"},
                      {"name": "cx_total", "value": "9"}, {"name": "cx_connect_fail", "value": "3"}]}]}%s]}""".formatted(DATABASE, inbound);
            case "/server_info" -> """
                    {"command_line_options": {"drain_time": "45s"}}""";
            default -> "{\"stats\": [" + stats + "]}";
        };
    }
}
