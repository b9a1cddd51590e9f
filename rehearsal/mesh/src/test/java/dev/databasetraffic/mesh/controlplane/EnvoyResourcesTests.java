package dev.databasetraffic.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.mesh.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvoyResourcesTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIRESTORE = "firestore.googleapis.com";
    private static final String FIRESTORE_WAY = FIRESTORE + ":443";
    private static final String HEALTHY = "outbound|443||firestore.googleapis.com";
    private static final String ECHO = "outbound|80||echo.plants.svc.cluster.local";

    @Test
    void theHealthyListenerIsTheOneOfASidecarWithItsPort() throws Exception {
        JsonNode listener = listener("0.0.0.0_443", List.of());

        assertThat(listener.at("/address/socket_address"))
                .isEqualTo(JSON.readTree("{\"address\":\"0.0.0.0\",\"port_value\":443}"));
        assertThat(listener.findValuesAsText("name"))
                .contains("envoy.filters.listener.tls_inspector")
                .doesNotContain("envoy.filters.listener.http_inspector");
        assertThat(chains(listener)).containsEntry("[\"" + FIRESTORE + "\"]", "\"" + HEALTHY + "\"");
        assertThat(listener.at("/default_filter_chain/filters/0/typed_config/cluster")
                        .asText())
                .isEqualTo("PassthroughCluster");
        assertThat(listener.at("/filter_chains/0/filters/0/typed_config/access_log/0")
                        .toString())
                .contains("/dev/stdout", "%REQUESTED_SERVER_NAME% %UPSTREAM_CLUSTER_RAW%", "%RESPONSE_FLAGS%");
    }

    @ParameterizedTest
    @CsvSource({
        "black-hole, outbound|80||echo.plants.svc.cluster.local",
        "silent, outbound|81||echo.plants.svc.cluster.local",
        "refused, outbound|80||nowhere.plants.svc.cluster.local"
    })
    void anOutageChangesTheWayOfItsHostAndNothingElse(String outage, String cluster) throws Exception {
        Map<String, String> before = chains(listener("0.0.0.0_443", List.of()));
        Map<String, String> after = chains(listener("0.0.0.0_443", Repository.outage(outage)));

        assertThat(after.remove("[\"" + FIRESTORE + "\"]")).isEqualTo("\"" + cluster + "\"");
        assertThat(before.remove("[\"" + FIRESTORE + "\"]")).isEqualTo("\"" + HEALTHY + "\"");
        assertThat(after).isNotEmpty().isEqualTo(before);
    }

    @Test
    void weightsAreKept() throws Exception {
        List<Manifest> half = Repository.outage("half");

        assertThat(JSON.readTree(chains(listener("0.0.0.0_443", half)).get("[\"" + FIRESTORE + "\"]")))
                .isEqualTo(JSON.readTree(
                        "[{\"name\":\"%s\",\"weight\":50},{\"name\":\"%s\",\"weight\":50}]".formatted(ECHO, HEALTHY)));
        assertThat(resources(half).ways()).containsEntry(FIRESTORE_WAY, ECHO + " 50, " + HEALTHY + " 50");
    }

    @Test
    void clustersHaveContainersForEndpointsOrNone() throws Exception {
        JsonNode firestore = cluster(HEALTHY);
        assertThat(firestore.path("type").asText()).isEqualTo("STRICT_DNS");
        assertThat(firestore.path("alt_stat_name").asText()).doesNotContain(".");
        assertThat(firestore.findValue("socket_address"))
                .isEqualTo(JSON.readTree("{\"address\":\"front\",\"port_value\":8443}"));
        assertThat(cluster(ECHO).findValue("socket_address"))
                .isEqualTo(JSON.readTree("{\"address\":\"echo\",\"port_value\":9000}"));

        JsonNode nowhere = cluster("outbound|80||nowhere.plants.svc.cluster.local");
        assertThat(nowhere.path("type").asText()).isEqualTo("STATIC");
        assertThat(nowhere.has("load_assignment")).isFalse();
        assertThat(cluster("BlackHoleCluster").path("type").asText()).isEqualTo("STATIC");
    }

    @Test
    void aRuleForAnotherHostLeavesFirestoreAlone() throws Exception {
        Map<String, String> ways = resources(rule("oauth2.googleapis.com", "echo.plants.svc.cluster.local", 80))
                .ways();

        assertThat(ways).containsEntry("oauth2.googleapis.com:443", ECHO).containsEntry(FIRESTORE_WAY, HEALTHY);
    }

    @Test
    void aShortDestinationIsCompletedAndAPortThatIsNotThereIsSaid() throws Exception {
        assertThat(resources(rule(FIRESTORE, "echo", 80)).ways()).containsEntry(FIRESTORE_WAY, ECHO);
        assertThat(resources(rule(FIRESTORE, "echo", 85)).ways())
                .containsEntry(FIRESTORE_WAY, "outbound|85||echo.plants.svc.cluster.local (no such host and port)");
    }

    @Test
    void aRuleForAnotherWorkloadChangesNothing() throws Exception {
        String text =
                "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: x, namespace: plants},"
                        + " spec: {hosts: [firestore.googleapis.com], tls: [{match: [{sniHosts: [firestore.googleapis.com],"
                        + " sourceLabels: {app: shop}}], route: [{destination: {host: echo, port: {number: 80}}}]}]}}";

        assertThat(resources(Repository.manifests(text)).sameAs(resources(List.of())))
                .isTrue();
        assertThat(resources(Repository.manifests(text.replace("app: shop", "app: plants")))
                        .sameAs(resources(List.of())))
                .isFalse();
    }

    @Test
    void aPortWithoutServerNamesTakesEveryHostAndSaysSo() throws Exception {
        EnvoyResources resources = resources(entry("db.example.com", 5432, "TCP"));

        JsonNode chains = listener("0.0.0.0_5432", resources).path("filter_chains");
        assertThat(chains).hasSize(1);
        assertThat(chains.get(0).has("filter_chain_match")).isFalse();
        assertThat(resources.ways())
                .containsEntry("any other host:5432", "outbound|5432||db.example.com (no endpoints)");
    }

    @Test
    void requestsAreRoutedByTheirHost() throws Exception {
        EnvoyResources resources = resources(entry("api.example.com", 8000, "HTTP"));

        JsonNode chain =
                listener("0.0.0.0_8000", resources).path("filter_chains").get(0);
        assertThat(chain.path("filter_chain_match").toString())
                .isEqualTo("{\"transport_protocol\":\"raw_buffer\",\"application_protocols\":[\"http/1.1\",\"h2c\"]}");
        assertThat(chain.findValue("virtual_hosts").findValue("domains").toString())
                .isEqualTo("[\"api.example.com\",\"api.example.com:8000\"]");
        assertThat(chain.findValue("virtual_hosts").findValue("cluster").asText())
                .isEqualTo("outbound|8000||api.example.com");
    }

    @Test
    void whatIsNotReadHereIsSaid() throws Exception {
        List<Manifest> manifests = new ArrayList<>(entry("api.example.com", 8000, "HTTP"));
        manifests.addAll(Repository.manifests("""
                {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: y, namespace: plants},
                 spec: {hosts: [api.example.com], http: [{match: [{uri: {prefix: /a}}], route: [{destination: {host: echo}}]},
                                                         {route: [{destination: {host: api.example.com}}]}]}}
                """));
        manifests.addAll(Repository.manifests("""
                {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: z, namespace: plants},
                 spec: {host: echo, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}}
                """));
        manifests.addAll(rule(FIRESTORE, "echo", 80));

        assertThat(resources(manifests).ways())
                .containsEntry(
                        "api.example.com:8000",
                        "outbound|8000||api.example.com (no endpoints) (routes with conditions are not read here)")
                .containsEntry(FIRESTORE_WAY, ECHO + " (without the certificate that ISTIO_MUTUAL means)");
        assertThat(named(ECHO, resources(manifests).clusters()).has("transport_socket"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"mode: SIMPLE, firestore.googleapis.com", "'mode: SIMPLE, sni: other.example.com', other.example.com"})
    void tlsThatAPolicyAddsIsSpoken(String tls, String serverName) throws Exception {
        List<Manifest> policy = Repository.manifests("""
                {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: z, namespace: plants},
                 spec: {host: firestore.googleapis.com, trafficPolicy: {tls: {%s}}}}
                """.formatted(tls));

        assertThat(named(HEALTHY, resources(policy).clusters()).findValue("sni").asText())
                .isEqualTo(serverName);
        assertThat(cluster(HEALTHY).has("transport_socket")).isFalse();
    }

    @Test
    void whatEnvoyWouldRefuseIsSaid() throws Exception {
        EnvoyResources resources = resources(Repository.manifests(
                "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: x, namespace: plants},"
                        + " spec: {hosts: [firestore.googleapis.com, oauth2.googleapis.com], tls: [{match: [{sniHosts:"
                        + " [firestore.googleapis.com]}], route: [{destination: {host: echo, port: {number: 80}}}]},"
                        + " {match: [{sniHosts: [firestore.googleapis.com, oauth2.googleapis.com]}], route:"
                        + " [{destination: {host: echo, port: {number: 81}}}]}]}}"));

        assertThat(resources.refusals())
                .first()
                .asString()
                .contains("Envoy refuses listener 0.0.0.0_443", FIRESTORE, "VirtualService plants/x (test:1)");
    }

    private static List<Manifest> rule(String host, String destination, int port) throws Exception {
        return Repository.manifests("""
                {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: x, namespace: plants},
                 spec: {hosts: [%s], tls: [{match: [{sniHosts: [%s]}],
                                            route: [{destination: {host: %s, port: {number: %d}}}]}]}}
                """.formatted(host, host, destination, port));
    }

    private static List<Manifest> entry(String host, int port, String protocol) throws Exception {
        return Repository.manifests("""
                {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: x, namespace: plants},
                 spec: {hosts: [%s], resolution: DNS, ports: [{number: %d, name: x, protocol: %s}]}}
                """.formatted(host, port, protocol));
    }

    private static EnvoyResources resources(List<Manifest> outage) throws Exception {
        return Repository.steadyState().with(outage);
    }

    private static JsonNode listener(String name, List<Manifest> outage) throws Exception {
        return listener(name, resources(outage));
    }

    private static JsonNode listener(String name, EnvoyResources resources) {
        return named(name, resources.listeners());
    }

    private static JsonNode cluster(String name) throws Exception {
        return named(name, resources(List.of()).clusters());
    }

    private static JsonNode named(String name, List<Map<String, Object>> messages) {
        List<JsonNode> found = new ArrayList<>();
        messages.stream()
                .<JsonNode>map(JSON::valueToTree)
                .filter(message -> message.path("name").asText().equals(name))
                .forEach(found::add);
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    /** Where the chains of a listener lead, by the server names that they match. */
    private static Map<String, String> chains(JsonNode listener) {
        Map<String, String> chains = new java.util.TreeMap<>();
        for (JsonNode chain : listener.path("filter_chains")) {
            JsonNode proxy = chain.at("/filters/0/typed_config");
            chains.put(
                    chain.at("/filter_chain_match/server_names").toString(),
                    (proxy.has("cluster") ? proxy.path("cluster") : proxy.at("/weighted_clusters/clusters"))
                            .toString());
        }
        return chains;
    }
}
