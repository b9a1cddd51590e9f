package dev.databasetraffic.mesh.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.model.MeshOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TLSRoutes and TCPRoutes are rules like any other. */
class ConnectionRouteTests {

    private static final String ENTRY = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: db, namespace: shop}
            spec:
              hosts: [a.example.com, b.example.com]
              location: MESH_EXTERNAL
              resolution: DNS
              ports: [{number: 443, name: tls, protocol: TLS}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: shop}
            spec: {selector: {app: db}, ports: [{name: tcp-pg, port: 5432}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: sink, namespace: shop}
            spec: {selector: {app: sink}, ports: [{name: tcp-sink, port: 80}]}
            ---
            """;
    private static final String OF_ENTRY = "{group: networking.istio.io, kind: ServiceEntry, name: db}";
    private static final String OF_SERVICE = "{group: \"\", kind: Service, name: db, port: 5432}";
    private static final String SINK = "{name: sink, port: 80}";

    private static final int FIRST_LINE = (int) ENTRY.lines().count() + 1;
    private static final int PARENTS = FIRST_LINE + 4;
    private static final int RULES = FIRST_LINE + 8;

    @Test
    void routeThatIsReadAndLeadsSomewhereIsFine() throws Exception {
        assertThat(check(route("TCPRoute", OF_SERVICE, "", SINK))).isEmpty();
    }

    @Test
    void diversionOfAnOutsideHostIsMeshWide() throws Exception {
        assertThat(check(route("TLSRoute", OF_ENTRY, "a.example.com, b.example.com", SINK)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.trap()).isEqualTo(Trap.MESH_WIDE_DIVERSION);
                    assertThat(finding.line()).isEqualTo(RULES);
                    assertThat(finding.mend()).contains("VirtualService", "exportTo");
                });
    }

    @Test
    void hostOfTheParentThatNoHostnameCoversLosesItsWay() throws Exception {
        assertThat(check(route("TLSRoute", OF_ENTRY, "a.example.com", SINK)))
                .filteredOn(finding -> finding.trap() == Trap.TAKES_OTHER_HOSTS)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.line()).isEqualTo(PARENTS);
                    assertThat(finding.why()).contains("b.example.com", "port 443");
                    assertThat(finding.mend()).contains("hostnames");
                });
    }

    @Test
    void tcpRouteForATlsPortDoesNothing() throws Exception {
        assertThat(check(route("TCPRoute", OF_ENTRY, "", SINK))).singleElement().satisfies(finding -> {
            assertThat(finding.trap()).isEqualTo(Trap.IGNORED_ROUTE);
            assertThat(finding.mend()).contains("TLSRoute", "hostnames: [a.example.com]");
        });
    }

    @Test
    void tlsRouteForATcpPortDoesNothing() throws Exception {
        assertThat(check(route("TLSRoute", OF_SERVICE, "db.shop.svc.cluster.local", SINK)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.trap()).isEqualTo(Trap.IGNORED_ROUTE);
                    assertThat(finding.mend()).contains("TCPRoute");
                });
    }

    @Test
    void portThatTheParentDoesNotHaveIsCaught() throws Exception {
        assertThat(check(route("TCPRoute", OF_SERVICE.replace("5432", "5433"), "", SINK)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.trap()).isEqualTo(Trap.MATCHES_NOBODY);
                    assertThat(finding.why()).contains("port 5433", "5432/TCP");
                });
    }

    @Test
    void backendThatIsNotThereResetsConnections() throws Exception {
        assertThat(check(
                        route("TCPRoute", OF_SERVICE, "", "{name: sink, port: 80, weight: 0}, {name: gone, port: 80}")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.trap()).isEqualTo(Trap.MISSING_DESTINATION);
                    assertThat(finding.severity()).isEqualTo(Severity.TRAP);
                    assertThat(finding.line()).isEqualTo(RULES + 3);
                    assertThat(finding.why()).contains("gone.shop.svc.cluster.local");
                });
    }

    @Test
    void backendOfAKindThatIstiodDoesNotKnowIsCaught() throws Exception {
        assertThat(check(route("TCPRoute", OF_SERVICE, "", "{group: example.com, kind: Pool, name: sink, port: 80}")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.trap()).isEqualTo(Trap.MISSING_DESTINATION);
                    assertThat(finding.why()).contains("kind", "Connections are reset");
                });
    }

    @Test
    void serviceByItsHostNameTakesAwayAllRules() throws Exception {
        assertThat(check(route("TCPRoute", OF_SERVICE, "", "{name: sink.shop, port: 80}")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.trap()).isEqualTo(Trap.MISSING_DESTINATION);
                    assertThat(finding.why()).contains("takes none of its rules");
                });
    }

    @Test
    void weightOfZeroIsMeantWhereItClosesConnectionsAndDoesNothingInATlsRoute() throws Exception {
        String none = "{name: sink, port: 80, weight: 0}";

        assertThat(check(route("TCPRoute", OF_SERVICE, "", none))).isEmpty();
        assertThat(check(route("TLSRoute", OF_ENTRY, "a.example.com, b.example.com", none)))
                .extracting(Finding::trap)
                .containsExactly(Trap.NO_EFFECT);
    }

    @Test
    void routeWithoutAParentHasNoEffect() throws Exception {
        assertThat(check(route("TLSRoute", OF_ENTRY.replace("name: db", "name: bd"), "a.example.com", SINK)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.trap()).isEqualTo(Trap.UNDECLARED_HOST);
                    assertThat(finding.line()).isEqualTo(PARENTS);
                });
        assertThat(check(route("TCPRoute", OF_SERVICE.replace("name: db", "name: bd"), "", SINK)))
                .extracting(Finding::trap, Finding::severity)
                .containsExactly(tuple(Trap.UNDECLARED_HOST, Severity.TRAP));
    }

    @Test
    void virtualServiceInTheShadowOfARouteIsToldOfOnceWhateverTheirOrder() throws Exception {
        String rule = """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: outage, namespace: shop}
                spec:
                  hosts: [db.shop.svc.cluster.local]
                  tcp: [{match: [{port: 5432}], route: [{destination: {host: sink, port: {number: 80}}}]}]
                """;
        String route = route("TCPRoute", OF_SERVICE, "", SINK);

        for (String both : List.of(rule + "---\n" + route, route + "---\n" + rule)) {
            assertThat(check(both)).singleElement().satisfies(finding -> {
                assertThat(finding.trap()).isEqualTo(Trap.SHARED_SERVER_NAME);
                assertThat(finding.manifest().kind()).isEqualTo("VirtualService");
                assertThat(finding.why()).contains("TCPRoute shop/outage", "comes first in its own namespace");
            });
        }
    }

    @Test
    void routeForAGatewayIsNotReadHere() throws Exception {
        assertThat(check(route("TLSRoute", "{name: out}", "a.example.com", SINK)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.trap()).isEqualTo(Trap.NOT_READ);
                    assertThat(finding.why()).startsWith("TLSRoute for a Gateway is not read here");
                });
    }

    @Test
    void waypointReadsARouteForEachOfItsNames() throws Exception {
        String ambient = ENTRY.replaceFirst("\\{name: db, namespace: shop}", """
                {name: db, namespace: shop, labels: {istio.io/use-waypoint: waypoint}}""");
        String route = route(
                "TLSRoute",
                OF_ENTRY.replace("name: db", "name: db, namespace: shop"),
                "a.example.com, b.example.com",
                SINK);

        assertThat(check(ambient, route)).noneMatch(finding -> finding.trap() == Trap.NOT_AT_WAYPOINT);
        assertThat(check(ambient, route.replace("outage, namespace: shop", "outage, namespace: other")))
                .anySatisfy(finding -> {
                    assertThat(finding.trap()).isEqualTo(Trap.NOT_AT_WAYPOINT);
                    assertThat(finding.mend()).contains("namespace shop");
                });
    }

    private static String route(String kind, String parent, String hostnames, String backends) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: %s
                metadata: {name: outage, namespace: shop}
                spec:
                  parentRefs:
                    - %s
                  %s
                  rules:
                    - name: all
                      backendRefs:
                        - %s
                """.formatted(
                        kind,
                        parent,
                        hostnames.isEmpty() ? "# any" : "hostnames: [" + hostnames + "]",
                        backends.replace("}, {", "}\n        - {"));
    }

    private static List<Finding> check(String manifests) throws ManifestException {
        return check(ENTRY, manifests);
    }

    private static List<Finding> check(String entry, String manifests) throws ManifestException {
        var read = new ManifestReader()
                .read(
                        Path.of("routes.yaml"),
                        new ByteArrayInputStream((entry + manifests).getBytes(StandardCharsets.UTF_8)))
                .orThrow();
        return MeshCheck.check(read, MeshOptions.DEFAULTS);
    }
}
