package dev.databasetraffic.mesh.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesTests {

    private static final String HOST = "firestore.googleapis.com";
    private static final Workload PLANTS = new Workload("plants", Map.of("app", "plants"));
    private static final Destination FIRESTORE = new Destination(HOST, 443, 1);
    private static final Destination ECHO = new Destination("echo.plants.svc.cluster.local", 80, 1);

    @TempDir
    Path folder;

    @Test
    void aServiceEntryAloneSendsItsHostToItself() throws Exception {
        assertThat(routes(entry("TLS")).match(HOST).destinations()).containsExactly(FIRESTORE);
        assertThat(routes(entry("HTTPS")).match(HOST).destinations()).containsExactly(FIRESTORE);
    }

    @Test
    void aTlsRouteDivertsItsServerNameAndNoOther() throws Exception {
        Routes routes = routes(entry("TLS"), virtualService("outage", tls("app: plants", "echo")));

        assertThat(routes.match(HOST).destinations()).containsExactly(ECHO);
        assertThat(routes.match("oauth2.googleapis.com").destinations())
                .containsExactly(new Destination("oauth2.googleapis.com", 443, 1));
        assertThat(routes.notes()).isEmpty();
    }

    @Test
    void aServerNameIsMatchedInAnyCase() throws Exception {
        assertThat(routes(entry("TLS"), virtualService("outage", tls("app: plants", "echo")))
                        .match("Firestore.GoogleAPIs.com")
                        .destinations())
                .containsExactly(ECHO);
    }

    @Test
    void aTcpRouteOnATlsPortIsIgnoredAndSaidSo() throws Exception {
        String classic = """
              tcp:
                - match:
                    - port: 443
                  route:
                    - destination:
                        host: echo.plants.svc.cluster.local
                        port:
                          number: 80
            """;
        for (String protocol : List.of("TLS", "HTTPS")) {
            Routes routes = routes(entry(protocol), virtualService("outage", classic));

            assertThat(routes.match(HOST).destinations()).containsExactly(FIRESTORE);
            assertThat(routes.notes()).singleElement().asString().contains("tcp routes have no effect", protocol);
        }
    }

    @Test
    void aTlsRouteOnAPortOfAnotherProtocolIsIgnoredAndSaidSo() throws Exception {
        Routes routes = routes(entry("GRPC"), virtualService("outage", tls("app: plants", "echo")));

        assertThat(routes.match(HOST).destinations()).containsExactly(FIRESTORE);
        assertThat(routes.notes()).singleElement().asString().contains("tls routes have no effect", "GRPC");
    }

    @Test
    void aTcpPortCatchesEveryHost() throws Exception {
        Routes routes = routes(entry("TCP"));

        assertThat(routes.match("oauth2.googleapis.com").destinations()).containsExactly(FIRESTORE);
        assertThat(routes.notes()).singleElement().asString().contains("catches every host");
    }

    @Test
    void aRuleWithoutAServiceEntryHasNoEffect() throws Exception {
        Routes routes = routes(virtualService("outage", tls("app: plants", "echo")));

        assertThat(routes.match(HOST).destinations()).containsExactly(FIRESTORE);
        assertThat(routes.notes()).singleElement().asString().contains("no ServiceEntry");
    }

    @Test
    void underRegistryOnlyAnUnknownHostLeadsNowhere() throws Exception {
        assertThat(Routes.of(List.of(), 443, PLANTS, OutboundTraffic.REGISTRY_ONLY)
                        .match(HOST)
                        .destinations())
                .isEmpty();
    }

    @Test
    void anExactServerNameGoesBeforeAWildcard() throws Exception {
        String wildcardEntry =
                entry("TLS").replace(HOST, "\"*.googleapis.com\"").replace("name: firestore", "name: all");
        String wildcardRule =
                virtualService("all", tls("app: plants", "silent")).replace(HOST, "\"*.googleapis.com\"");
        Routes routes =
                routes(wildcardEntry, wildcardRule, entry("TLS"), virtualService("outage", tls("app: plants", "echo")));

        assertThat(routes.match(HOST).destinations()).containsExactly(ECHO);
        assertThat(routes.match("pubsub.googleapis.com").destinations())
                .containsExactly(new Destination("silent.plants.svc.cluster.local", 80, 1));
    }

    @Test
    void ofTwoRulesForOneServerNameTheFirstWinsAndTheOtherIsNamed() throws Exception {
        Routes routes = routes(
                entry("TLS"),
                virtualService("first", tls("app: plants", "echo")),
                virtualService("second", tls("app: plants", "silent")));

        assertThat(routes.match(HOST).destinations()).containsExactly(ECHO);
        assertThat(routes.notes()).singleElement().asString().contains("plants/second has no effect", "plants/first");
    }

    @Test
    void aRuleOfTheSameNameReplacesTheEarlierOne() throws Exception {
        Routes routes = routes(
                entry("TLS"),
                virtualService("outage", tls("app: plants", "echo")),
                virtualService("outage", tls("app: plants", "silent")));

        assertThat(routes.match(HOST).destinations())
                .containsExactly(new Destination("silent.plants.svc.cluster.local", 80, 1));
        assertThat(routes.notes()).isEmpty();
    }

    @Test
    void aRuleForOtherWorkloadsPortsNamespacesOrGatewaysIsNotForUs() throws Exception {
        String rule = virtualService("outage", tls("app: plants", "echo"));
        for (String other : List.of(
                rule.replace("app: plants", "app: orders"),
                rule.replace("- port: 443", "- port: 8443"),
                rule.replace("- port: 443", "- port: 443\n          sourceNamespace: orders"),
                rule.replace("spec:", "spec:\n  gateways: [egress]"),
                rule.replace("spec:", "spec:\n  exportTo: [orders]"),
                rule.replace("namespace: plants", "namespace: orders")
                        .replace("spec:", "spec:\n  exportTo: [\".\"]"))) {
            assertThat(other).isNotEqualTo(rule);
            assertThat(routes(entry("TLS"), other).match(HOST).destinations())
                    .as(other)
                    .containsExactly(FIRESTORE);
        }
    }

    @Test
    void weightsShareOutConnections() throws Exception {
        String half = """
              tls:
                - match:
                    - port: 443
                      sniHosts: [firestore.googleapis.com]
                  route:
                    - destination: {host: echo, port: {number: 80}}
                      weight: 25
                    - destination: {host: firestore.googleapis.com, port: {number: 443}}
                      weight: 75
            """;
        FilterChain chain = routes(entry("TLS"), virtualService("outage", half)).match(HOST);
        Random random = new Random(7);
        long diverted = random.ints(10_000)
                .mapToObj(any -> chain.choose(random))
                .filter(to -> to != null && to.host().startsWith("echo"))
                .count();

        assertThat(diverted).isBetween(2_300L, 2_700L);
    }

    @Test
    void aManifestWithAWrongTypeIsRefusedWithItsFileAndLine() {
        String broken = entry("TLS").replace("number: 443", "number: https");

        assertThatThrownBy(() -> routes(broken))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("0.yaml:1");
    }

    @Test
    void aDestinationIsKnownByHostAndPort() {
        InetSocketAddress address = InetSocketAddress.createUnresolved("echo", 1);
        Services services = new Services().with("echo", 80, address).withoutEndpoints("nowhere", 80);

        assertThat(services.resolve(new Destination("echo", 80, 1))).isEqualTo(new Services.Endpoint.At(address));
        assertThat(services.resolve(new Destination("echo", null, 1))).isEqualTo(new Services.Endpoint.At(address));
        assertThat(services.resolve(new Destination("echo", 81, 1)))
                .isEqualTo(new Services.Endpoint.None("NC", "no such host and port"));
        assertThat(services.resolve(new Destination("nobody", 80, 1)))
                .isEqualTo(new Services.Endpoint.None("NC", "no such host and port"));
        assertThat(services.resolve(new Destination("nowhere", 80, 1)))
                .isEqualTo(new Services.Endpoint.None("UH", "no endpoints"));
    }

    private Routes routes(String... yamls) throws ManifestException, IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (int i = 0; i < yamls.length; i++) {
            manifests.addAll(Manifest.read(Files.writeString(folder.resolve(i + ".yaml"), yamls[i])));
        }
        return Routes.of(manifests, 443, PLANTS, OutboundTraffic.ALLOW_ANY);
    }

    private static String entry(String protocol) {
        return """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata:
              name: firestore
              namespace: plants
            spec:
              hosts: [firestore.googleapis.com]
              resolution: DNS
              ports:
                - number: 443
                  name: tls
                  protocol: PROTOCOL
            """.replace("PROTOCOL", protocol);
    }

    private static String virtualService(String name, String routes) {
        return """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: %s
              namespace: plants
            spec:
              hosts: [firestore.googleapis.com]
            %s""".formatted(name, routes.indent(0));
    }

    private static String tls(String sourceLabel, String to) {
        return """
              tls:
                - match:
                    - port: 443
                      sniHosts: [firestore.googleapis.com]
                      sourceLabels:
                        %s
                  route:
                    - destination:
                        host: %s
                        port:
                          number: 80
            """.formatted(sourceLabel, to);
    }
}
