package dev.databasetraffic.mesh.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.model.MeshOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshCheckTests {

    private static final Path PROJECT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path PUBLISHED_ENTRY = Path.of("src/test/resources/check/published-entry.yaml");
    private static final Path PUBLISHED_RULE = PROJECT.resolve("experiments/published-rule.yaml");
    private static final Path K8S = PROJECT.resolve("k8s");
    private static final Path ISTIO = PROJECT.resolve("istio");
    private static final Path BLACK_HOLE = PROJECT.resolve("istio/outage/black-hole.yaml");

    @TempDir
    private Path folder;

    private Path outage;

    @BeforeEach
    void copyOfTheBlackHole() throws IOException {
        outage = Files.copy(BLACK_HOLE, folder.resolve("outage.yaml"));
    }

    @Test
    void healthySystemAndEachOfItsOutagesAreClean() throws ManifestException {
        assertThat(check(List.of(K8S, ISTIO))).isEmpty();
        assertThat(check(List.of(K8S, ISTIO, ISTIO.resolve("outage")))).isEmpty();
    }

    @Test
    void publishedOutageIsCaughtAtItsTcpRoute() throws ManifestException {
        assertThat(check(List.of(K8S, PUBLISHED_ENTRY, PUBLISHED_RULE)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.trap().id()).isEqualTo("ignored-route");
                    assertThat(finding.severity()).isEqualTo(Severity.TRAP);
                    assertThat(finding.manifest().file()).isEqualTo(PUBLISHED_RULE);
                    assertThat(finding.line()).isEqualTo(lineOf(PUBLISHED_RULE, "- route:"));
                    assertThat(finding.why())
                            .contains(
                                    "does nothing",
                                    "firestore.googleapis.com",
                                    ":" + lineOf(PUBLISHED_ENTRY, "- number: 443"));
                    assertThat(finding.mend()).contains("sniHosts: [firestore.googleapis.com]");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP", "GRPC", "HTTP", "http2"})
    void entryThatCallsTlsSomethingElseIsCaught(String protocol) throws Exception {
        Path entry = folder.resolve("entry.yaml");
        Files.writeString(
                entry,
                Files.readString(ISTIO.resolve("firestore.yaml")).replace("protocol: TLS", "protocol: " + protocol));

        assertThat(check(List.of(K8S, entry))).singleElement().satisfies(finding -> {
            assertThat(finding.trap().id()).isEqualTo("misnamed-tls");
            assertThat(finding.line()).isEqualTo(lineOf(entry, "protocol: " + protocol));
        });
    }

    @Test
    void tcpEntryWithItsOwnAddressesIsFine() throws Exception {
        Path entry = write("""
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: database, namespace: plants}
                spec:
                  hosts: [database.example.com]
                  addresses: [192.0.2.1/32]
                  ports: [{number: 443, name: tcp, protocol: TCP}]
                """);

        assertThat(check(List.of(entry))).isEmpty();
    }

    @Test
    void plainHttpToPort443IsFineWhereTheSidecarAddsTheTls() throws Exception {
        Path entry = write("""
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: api, namespace: plants}
                spec:
                  hosts: [api.example.com]
                  resolution: DNS
                  ports: [{number: 443, name: http, protocol: HTTP}]
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: api, namespace: plants}
                spec:
                  host: api.example.com
                  trafficPolicy: {tls: {mode: SIMPLE}}
                """);

        assertThat(check(List.of(entry))).isEmpty();
    }

    @Test
    void secondRuleForOneServerNameIsCaught() throws Exception {
        change("name: firestore-outage", "name: another-outage");

        assertThat(check(List.of(K8S, ISTIO, BLACK_HOLE, outage)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.trap().id()).isEqualTo("shared-server-name");
                    assertThat(finding.manifest().file()).isEqualTo(outage);
                    assertThat(finding.why()).contains("black-hole.yaml:", "firestore.googleapis.com");
                });
    }

    @Test
    void rulesForDifferentWorkloadsShareAServerNameInPeace() throws Exception {
        change("name: firestore-outage", "name: another-outage");
        change("app: plants", "app: animals");

        assertThat(traps(List.of(K8S, ISTIO, BLACK_HOLE, outage))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name: http-echo", "name: grpc-echo", "name: http", "name: tcp-echo\n      appProtocol: http"})
    void echoPortThatLooksLikeHttpIsCaught(String name) throws Exception {
        Path echo = folder.resolve("echo.yaml");
        Files.writeString(
                echo,
                Files.readString(K8S.resolve("echo.yaml"))
                        .replace("name: tcp-echo\n      port: 80", name + "\n      port: 80"));

        assertThat(traps(List.of(echo, ISTIO, outage))).singleElement().satisfies(finding -> {
            assertThat(finding.trap().id()).isEqualTo("http-named-port");
            assertThat(finding.manifest().file()).isEqualTo(echo);
            assertThat(finding.line())
                    .isEqualTo(lineOf(echo, "- " + name.lines().findFirst().orElseThrow()));
        });
    }

    @Test
    void outageForTheWholeMeshIsCaught() throws Exception {
        change("exportTo: [\".\"]\n", "\n");
        change("          sourceLabels:\n            app: plants\n", "");

        assertThat(check(List.of(K8S, ISTIO, outage))).singleElement().satisfies(finding -> {
            assertThat(finding.trap().id()).isEqualTo("mesh-wide-diversion");
            assertThat(finding.line()).isEqualTo(lineOf(outage, "- match:"));
        });
    }

    @Test
    void routeForAHostThatNoEntryDeclaresIsCaught() throws Exception {
        change("[firestore.googleapis.com]", "[firestore.example.com]");

        assertThat(check(List.of(K8S, ISTIO, outage))).singleElement().satisfies(finding -> {
            assertThat(finding.trap().id()).isEqualTo("undeclared-host");
            assertThat(finding.severity()).isEqualTo(Severity.TRAP);
            assertThat(finding.mend()).contains("firestore.example.com");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host: ecko.plants.svc.cluster.local",
                "host: ecko",
                "host: echo.plants",
                "host: echo.plants.svc.cluster.local\n            subset: v2"
            })
    void destinationThatDoesNotExistIsCaught(String host) throws Exception {
        change("host: echo.plants.svc.cluster.local", host);

        assertThat(check(List.of(K8S, ISTIO, outage))).singleElement().satisfies(finding -> {
            assertThat(finding.trap().id()).isEqualTo("missing-destination");
            assertThat(finding.line()).isEqualTo(lineOf(outage, "- destination:"));
            assertThat(finding.severity()).isEqualTo(host.contains("subset") ? Severity.UNKNOWN : Severity.TRAP);
        });
    }

    @Test
    void destinationPortThatDoesNotExistIsCaught() throws Exception {
        change("number: 80", "number: 8080");

        assertThat(check(List.of(K8S, ISTIO, outage)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.why())
                        .contains("has no port 8080", "[80, 81, 82, 83]", "Connections are reset"));
    }

    @Test
    void whatTheFilesDoNotSayIsNoTrap() throws ManifestException {
        assertThat(check(List.of(outage)))
                .extracting(finding -> finding.trap().id(), Finding::severity)
                .containsExactlyInAnyOrder(
                        tuple("undeclared-host", Severity.UNKNOWN), tuple("missing-destination", Severity.UNKNOWN));
    }

    @Test
    void nameOfAServiceWithItsNamespaceIsNotCompleted() throws Exception {
        Path rules = write("""
                apiVersion: v1
                kind: Service
                metadata: {name: postgres, namespace: data}
                spec: {selector: {app: postgres}, ports: [{name: tcp-pg, port: 5432}]}
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: policy, namespace: shop}
                spec: {host: postgres.data}
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: rule, namespace: shop}
                spec:
                  hosts: [postgres.data]
                  exportTo: ["."]
                  tcp: [{match: [{port: 5432}], route: [{destination: {host: postgres.data.svc.cluster.local}}]}]
                """);

        assertThat(check(List.of(rules)))
                .extracting(finding -> finding.manifest().kind(), Finding::trap, Finding::severity, Finding::line)
                .containsExactlyInAnyOrder(
                        tuple("DestinationRule", Trap.UNDECLARED_HOST, Severity.TRAP, 9),
                        tuple("VirtualService", Trap.UNDECLARED_HOST, Severity.TRAP, 15));
        assertThat(check(List.of(rules)))
                .allSatisfy(finding -> assertThat(finding.mend()).contains("write postgres.data.svc.cluster.local"));
    }

    @Test
    void policyForAMisspelledHostIsNobodys() throws Exception {
        String text = """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: lake, namespace: shop}
                spec: {hosts: [lake.example.com], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}]}
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: lake, namespace: shop}
                spec: {host: lkae.example.com}
                """;

        assertThat(check(List.of(write(text)))).singleElement().satisfies(finding -> {
            assertThat(finding.trap()).isEqualTo(Trap.UNDECLARED_HOST);
            assertThat(finding.line()).isEqualTo(9);
        });
        assertThat(check(List.of(write(text.replace("lkae", "lake"))))).isEmpty();
    }

    @Test
    void subsetThatAddsTlsIsATrapWhereTlsIsLedToItAlone() throws Exception {
        String text = """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: lake, namespace: shop}
                spec: {hosts: [lake.example.com], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}]}
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: lake, namespace: shop}
                spec:
                  host: lake.example.com
                  subsets:
                  - name: plain
                  - name: secure
                    trafficPolicy:
                      tls: {mode: SIMPLE}
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: lake, namespace: shop}
                spec:
                  hosts: [lake.example.com]
                  exportTo: ["."]
                  tls:
                  - match: [{port: 443, sniHosts: [lake.example.com]}]
                    route: [{destination: {host: lake.example.com, subset: secure}}]
                """;

        assertThat(check(List.of(write(text)))).singleElement().satisfies(finding -> {
            assertThat(finding.trap()).isEqualTo(Trap.TLS_TWICE);
            assertThat(finding.line()).isEqualTo(15);
            assertThat(finding.mend()).contains("subset secure");
        });
        assertThat(check(List.of(write(text.replace("subset: secure", "subset: plain")))))
                .isEmpty();
    }

    @Test
    void gatewayOfAnotherNamespaceIsNamedWithIt() throws Exception {
        String text = """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: api, namespace: shop}
                spec: {hosts: [api.example.com], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: istio-egressgateway, namespace: istio-system}
                spec: {selector: {istio: egressgateway}, ports: [{name: tls, port: 443}]}
                ---
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: egress, namespace: istio-system}
                spec:
                  selector: {istio: egressgateway}
                  servers: [{port: {number: 443, name: tls, protocol: TLS}, hosts: [api.example.com], tls: {mode: PASSTHROUGH}}]
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: via, namespace: shop}
                spec:
                  hosts: [api.example.com]
                  gateways: [mesh, egress]
                  tls:
                  - match: [{gateways: [mesh], port: 443, sniHosts: [api.example.com]}]
                    route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local}}]
                  - match: [{gateways: [egress], port: 443, sniHosts: [api.example.com]}]
                    route: [{destination: {host: api.example.com}}]
                """;

        assertThat(traps(List.of(write(text)))).singleElement().satisfies(finding -> {
            assertThat(finding.trap()).isEqualTo(Trap.GATEWAY_DEAD_END);
            assertThat(finding.mend()).contains("write istio-system/egress");
        });
        assertThat(traps(List.of(write(text.replace("egress]", "edge/egress]")))))
                .as("another file may have it")
                .isEmpty();
        assertThat(traps(List.of(write(text.replace("mesh, egress]", "mesh, istio-system/egress]")
                        .replace("gateways: [egress], port", "gateways: [istio-system/egress], port")))))
                .extracting(Finding::trap)
                .doesNotContain(Trap.GATEWAY_DEAD_END);
    }

    @Test
    void delegateIsNamedAndItsRoutesAreNotJudged() throws Exception {
        Path rules = write("""
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: root, namespace: shop}
                spec:
                  hosts: [api.example.com]
                  http: [{match: [{uri: {prefix: /}}], delegate: {name: part}}]
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: part, namespace: shop}
                spec:
                  http: [{route: [{destination: {host: api.example.com}}]}]
                ---
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: api, namespace: shop}
                spec: {hosts: [api.example.com], resolution: DNS, ports: [{number: 8080, name: http, protocol: HTTP}]}
                """);

        assertThat(MeshCheck.check(Manifest.read(rules), MeshOptions.DEFAULTS))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.trap()).isEqualTo(Trap.NOT_READ);
                    assertThat(finding.severity()).isEqualTo(Severity.NOTE);
                    assertThat(finding.manifest().name()).isEqualTo("part");
                    assertThat(finding.why()).contains("is a delegate");
                });
    }

    @Test
    void fileThatIsNoManifestIsRefusedWithItsLine() throws IOException {
        Path broken = write("apiVersion: v1\nkind: Service\nspec: [\n");

        assertThatThrownBy(() -> check(List.of(broken)))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith(broken + ":4: is not YAML");
        assertThatThrownBy(() -> check(List.of(write("services: {}\n"))))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("is not a Kubernetes manifest");
        assertThatThrownBy(() -> check(List.of(folder.resolve("absent.yaml"))))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("there is no such file");
    }

    private static List<Finding> traps(List<Path> files) throws ManifestException {
        return check(files).stream()
                .filter(finding -> finding.severity() == Severity.TRAP)
                .toList();
    }

    /** What is to be mended, or to be looked at. */
    private static List<Finding> check(List<Path> files) throws ManifestException {
        List<Manifest> manifests = new ArrayList<>();
        for (Path file : files) {
            manifests.addAll(Manifest.read(file));
        }
        return MeshCheck.check(manifests, MeshOptions.DEFAULTS).stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .toList();
    }

    private void change(String from, String to) throws IOException {
        String text = Files.readString(outage);
        assertThat(text).contains(from);
        Files.writeString(outage, text.replace(from, to));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("written.yaml"), text);
    }

    private static int lineOf(Path file, String text) {
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(text)) {
                    return i + 1;
                }
            }
            throw new AssertionError(file + " has no line with " + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
