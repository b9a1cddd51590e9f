package dev.databasetraffic.mesh.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionControlTests {

    private static final Path ROOT = Path.of("../..");

    /** The third line is what each test is about. */
    private static final String ENTRY = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            spec: %s
            metadata: {name: a}
            """;

    private static final String RULE = ENTRY.replace("ServiceEntry", "VirtualService");

    @ParameterizedTest
    @ValueSource(strings = {"k8s", "istio", "mesh-tests/src/test/resources", "experiments"})
    void allThatIsInThisRepositoryIsTaken(String folder) throws ManifestException {
        List<Manifest> manifests = new ManifestReader(true, "default")
                .read(List.of(ROOT.resolve(folder)))
                .orThrow();

        assertThat(manifests)
                .isNotEmpty()
                .allMatch(AdmissionControl::knows, "is of a known kind")
                .satisfies(all -> assertThat(AdmissionControl.of(manifests)).isEmpty());
    }

    @Test
    void everyFieldOfTheCustomResourcesAndAllOfMetadataIsTaken() throws ManifestException {
        assertThat(AdmissionControl.of(read("""
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata:
                  name: cache
                  generation: 3
                  uid: 0f5b8f7e-5f1c-4b8f-9d3a-2f6a4f0d7c11
                  resourceVersion: "7"
                  creationTimestamp: "2025-01-01T00:00:00Z"
                  finalizers: [a.example/b]
                  ownerReferences: [{apiVersion: v1, kind: Pod, name: x, uid: z, controller: true}]
                  managedFields:
                    - {apiVersion: networking.istio.io/v1, fieldsType: FieldsV1, fieldsV1: {"f:spec": {"f:host": {}}}, manager: x}
                spec:
                  host: cache.shop.svc.cluster.local
                  trafficPolicy:
                    loadBalancer: {consistentHash: {httpHeaderName: x-user, ringHash: {minimumRingSize: 1024}}}
                status: {conditions: [{type: Reconciled, status: "True"}], observedGeneration: "3"}
                """))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {host: [a.example]}                         | spec.host is not known there; expected: hosts
            {hosts: [a.example], unheardOf: 1}          | spec.unheardOf is not known there; expected: one of addresses, endpoints
            {hosts: a.example}                          | spec.hosts is the text "a.example"; expected: a list of texts
            {hosts: []}                                 | spec.hosts is empty; expected: at least 1
            {}                                          | spec.hosts is missing; expected: a list
            [a]                                         | spec is a list; expected: a mapping
            {hosts: [null]}                             | spec.hosts[0] is null; expected: a text
            {hosts: [a.example], ports: [null]}         | spec.ports[0] is null; expected: a mapping
            {hosts: [a.example], ports: [{number: "443", name: a}]} | spec.ports[0].number is the text "443"; expected: a whole number
            {hosts: [a.example], ports: [{number: 4.5, name: a}]}   | spec.ports[0].number is the number 4.5; expected: a whole number
            {hosts: [a.example], ports: [{number: 70000, name: a}]} | spec.ports[0].number is 70000; expected: a port from 1 to 65535
            {hosts: [a.example], ports: [{name: a}]}    | spec.ports[0].number is missing; expected: a whole number
            {hosts: [a.example], ports: [{number: 1, name: a, protocol: SCTP}]} | spec.ports[0].protocol is the text "SCTP"; expected: HTTP, HTTPS
            {hosts: [a.example], ports: [{number: 1, name: a}, {number: 1, name: b}]} | spec.ports[1].number is the number of two ports
            {hosts: [a.example], ports: [{number: 1, name: a}, {number: 2, name: a}]} | spec.ports[1] is the same as item 0; expected: each of them once, told apart by name
            {hosts: [a.example], resolution: dns}       | spec.resolution is the text "dns"; expected: one of NONE, STATIC, DNS
            {hosts: ["*"]}                              | spec.hosts[0] is "*"
            {hosts: [a_b.example]}                      | spec.hosts[0] is the text "a_b.example", which is no host name
            {hosts: [a.example, b.example], resolution: DNS, ports: [{number: 1, name: a, protocol: TCP}]} | spec.ports[0] carries neither HTTP nor TLS
            {hosts: ["*.example"], resolution: DNS}     | spec.hosts[0] is the text "*.example", which no DNS can look up
            {hosts: [a.example], resolution: DNS, addresses: [10.0.0.0/8]} | spec.addresses[0] is a range, and resolution is DNS
            {hosts: [a.example], addresses: [10.0.0.256]} | spec.addresses[0] is the text "10.0.0.256"; expected: an IP address or a range
            {hosts: [a.example], endpoints: [{address: 10.0.0.1}]} | spec.endpoints is set, and resolution is NONE
            {hosts: [a.example], resolution: STATIC, endpoints: [{address: b.example}]} | spec.endpoints[0].address is the text "b.example", and resolution is STATIC
            {hosts: [a.example], resolution: DNS, ports: [{number: 1, name: a}], endpoints: [{address: b.example, ports: {b: 1}}]} | spec.endpoints[0].ports.b is the name of no port of the entry
            {hosts: [a.example], exportTo: ["~", shop]} | spec.exportTo[0] is the text "~" beside others
            {hosts: [a.example], exportTo: [a_b]}       | spec.exportTo[0] is the text "a_b"
            {hosts: [a.example], resolution: DYNAMIC_DNS} | spec.hosts[0] is no wildcard
            """)
    void aServiceEntryIsRefusedWithWhatIsWrongAndWhatWasExpected(String spec, String why) throws ManifestException {
        assertRefused(ENTRY.formatted(spec), why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {hosts: [a.example]}                        | spec has no route; expected: http, tls or tcp
            {hosts: ["*"], tcp: [{route: [{destination: {host: b}}]}]} | spec.hosts[0] is "*", and the rule is for sidecars
            {hosts: [a.example, "*.example"], tcp: [{route: [{destination: {host: b}}]}]} | spec.hosts[1] is the text "*.example", and a.example is there already
            {hosts: [a.example], tls: [{match: [{sniHosts: [b.example]}], route: [{destination: {host: b}}]}]} | spec.tls[0].match[0].sniHosts[0] is the text "b.example", which none of the rule's hosts covers
            {hosts: [a.example], tls: [{match: [{sniHosts: ["*.example"]}], route: [{destination: {host: b}}]}]} | spec.tls[0].match[0].sniHosts[0]
            {hosts: [a.example], tls: [{match: [{port: 443}], route: [{destination: {host: b}}]}]} | spec.tls[0].match[0].sniHosts is missing
            {hosts: [a.example], tls: [{route: [{destination: {host: b}}]}]} | spec.tls[0].match is missing
            {hosts: [a.example], tls: [{match: [{sniHosts: [a.example]}]}]}  | spec.tls[0].route is missing
            {hosts: [a.example], tls: [{match: [{sniHosts: [a.example]}], route: [{destination: {}}]}]} | spec.tls[0].route[0].destination.host is missing; expected: a text
            {hosts: [a.example], tls: [{match: [{sniHosts: [a.example]}], route: [{destination: null}]}]} | spec.tls[0].route[0].destination is missing
            {hosts: [a.example], tcp: [{route: [{destination: {host: "*"}}]}]} | spec.tcp[0].route[0].destination.host is "*"
            {hosts: [a.example], tcp: [{route: [{destination: {host: b, port: {number: 0}}}]}]} | spec.tcp[0].route[0].destination.port.number is 0
            {hosts: [a.example], tcp: [{route: [{destination: {host: b}}, {destination: {host: c}}]}]} | spec.tcp[0].route has several destinations and no weight above 0
            {hosts: [a.example], tcp: [{route: [{destination: {host: b}, weight: -1}]}]} | spec.tcp[0].route[0].weight is -1
            {hosts: [a.example], tcp: [{match: [{destinationSubnets: [10.0.0.0/33]}], route: [{destination: {host: b}}]}]} | spec.tcp[0].match[0].destinationSubnets[0]
            {hosts: [a.example], gateways: [a/b/c], tcp: [{route: [{destination: {host: b}}]}]} | spec.gateways[0] is the text "a/b/c"
            {tls: [{match: [{sniHosts: [a.example]}], route: [{destination: {host: b}}]}]} | spec.tls is set, and there are no hosts
            {hosts: [a.example], http: [{match: [{uri: {prefix: /}}]}]} | spec.http[0] says not where to go
            {hosts: [a.example], http: [{route: [{destination: {host: b}}], redirect: {uri: /}}]} | spec.http[0].route is set beside redirect
            {hosts: [a.example], http: [{route: [{destination: {host: b}}], timeout: 5}]} | spec.http[0].timeout is the number 5; expected: a text
            {hosts: [a.example], http: [{route: [{destination: {host: b}}], timeout: 0.1ms}]} | spec.http[0].timeout is the text "0.1ms"
            {hosts: [a.example], http: [{route: [{destination: {host: b}}], fault: {abort: {httpStatus: 99}}}]} | spec.http[0].fault.abort.httpStatus is 99
            {hosts: [a.example], http: [{match: [{uri: {prefix: /, exact: /}}], route: [{destination: {host: b}}]}]} | spec.http[0].match[0].uri has exact and prefix; expected: only one of exact, prefix, regex
            """)
    void aVirtualServiceIsRefusedWithWhatIsWrongAndWhatWasExpected(String spec, String why) throws ManifestException {
        assertRefused(RULE.formatted(spec), why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            DestinationRule | {host: a.example, trafficPolicy: {}}                       | spec.trafficPolicy says nothing
            DestinationRule | {host: a.example, trafficPolicy: {tls: {mode: TLS}}}       | spec.trafficPolicy.tls.mode is the text "TLS"; expected: one of DISABLE, SIMPLE
            DestinationRule | {host: a.example, trafficPolicy: {tls: {mode: MUTUAL}}}    | spec.trafficPolicy.tls.clientCertificate is missing, and mode is MUTUAL
            DestinationRule | {host: a.example, subsets: [{name: v1}, {name: v1}]}       | spec.subsets[1].name is the name of two subsets
            DestinationRule | {host: a.example, trafficPolicy: {loadBalancer: {simple: RANDOM, consistentHash: {useSourceIp: true}}}} | spec.trafficPolicy.loadBalancer has consistentHash and simple; expected: only one
            DestinationRule | {host: a.example, trafficPolicy: {connectionPool: {tcp: {connectTimeout: soon}}}} | spec.trafficPolicy.connectionPool.tcp.connectTimeout is the text "soon"
            Gateway         | {servers: []}                                              | spec.servers is missing
            Gateway         | {servers: [{port: {number: 443, name: a, protocol: TLS}, hosts: [a.example]}]} | spec.servers[0].tls is missing, and the port's protocol is TLS
            Gateway         | {servers: [{port: {number: 443, name: a, protocol: TCP}, hosts: [a.example], tls: {mode: PASSTHROUGH}}]} | spec.servers[0].tls is set, and the port's protocol is TCP
            Gateway         | {servers: [{port: {number: 443, name: a, protocol: TLS}, hosts: [db], tls: {mode: PASSTHROUGH}}]} | spec.servers[0].hosts[0] is the text "db"
            Gateway         | {servers: [{port: {number: 443, name: a, protocol: TLS}, hosts: [a.example], tls: {mode: SIMPLE}}]} | spec.servers[0].tls.serverCertificate is missing
            Sidecar         | {}                                                         | spec says nothing
            Sidecar         | {egress: [{hosts: [db.example.com]}]}                      | spec.egress[0].hosts[0] is the text "db.example.com"; expected: a namespace and a host
            Sidecar         | {egress: [{hosts: ["./*"]}, {hosts: ["a/*"]}]}             | spec.egress[0] has no port, and others follow
            Sidecar         | {egress: [{hosts: ["./*"]}], outboundTrafficPolicy: {mode: NONE}} | spec.outboundTrafficPolicy.mode is the text "NONE"; expected: one of REGISTRY_ONLY
            """)
    void theOtherKindsOfIstioAreRefusedLikewise(String kind, String spec, String why) throws ManifestException {
        assertRefused(ENTRY.replace("ServiceEntry", kind).formatted(spec), why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            v1      | Service    | {ports: [{port: "80"}]}             | spec.ports[0].port is the text "80"; expected: a whole number
            v1      | Service    | {ports: [{port: 80}, {port: 81}]}   | spec.ports[0].name is missing, and there are several ports
            v1      | Service    | {ports: []}                         | spec.ports is missing
            v1      | Service    | {ports: [{port: 80, protocol: tcp}]} | spec.ports[0].protocol is the text "tcp"; expected: one of SCTP, TCP, UDP
            v1      | Service    | {port: 80}                          | spec.port is not known there; expected: ports
            v1      | Service    | {type: ExternalName}                | spec.externalName is missing
            v1      | Servce     | {}                                  | kind is Servce, which v1 does not have; expected: Service
            apps/v1 | Deployment | {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: c}}, spec: {containers: [{name: a, image: b}]}}} | spec.selector.matchLabels.a is not among the labels
            apps/v1beta1 | Deployment | {}                             | apiVersion is apps/v1beta1, in which there is no Deployment; expected: one of apps/v1
            gateway.networking.k8s.io/v1 | TLSRoute | {hostnames: [10.0.0.1], parentRefs: [{name: a}], rules: [{backendRefs: [{name: b, port: 1}]}]} | spec.hostnames
            gateway.networking.k8s.io/v1 | TLSRoute | {hostnames: [a.example], parentRefs: [{group: "", kind: Service, name: a}, {group: "", kind: Service, name: a}], rules: [{backendRefs: [{name: b, port: 1}]}]} | spec.parentRefs is a list, which breaks the rule "sectionName must be unique
            """)
    void kubernetesOwnKindsAreRefusedLikewise(String version, String kind, String spec, String why)
            throws ManifestException {
        assertRefused(
                "apiVersion: " + version + "\nkind: " + kind + "\nspec: " + spec + "\nmetadata: {name: a}\n", why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `{}`                              | metadata.name is missing
            []                                | metadata is a list; expected: a mapping
            {name: A_b}                       | metadata.name is the text "A_b"
            {name: 7}                         | metadata.name is the number 7; expected: a text
            {name: a, labels: {a: 1}}         | metadata.labels.a is the number 1; expected: a text
            {name: a, labels: {"a b": c}}     | metadata.labels.a b has a name that none may have
            {name: a, label: {}}              | metadata.label is not known there; expected: labels
            {name: a, creationTimestamp: now} | metadata.creationTimestamp is the text "now"
            {name: a, annotations: {internal.istio.io/parents: b}} | metadata.annotations.internal.istio.io/parents
            """)
    void metadataIsRefusedLikewise(String metadata, String why) throws ManifestException {
        assertRefused("apiVersion: v1\nkind: ConfigMap\nmetadata: " + metadata + "\n", why);
    }

    @Test
    void everythingThatIsWrongIsSaidAndNotTheFirstAlone() throws ManifestException {
        assertThat(AdmissionControl.of(read(ENTRY.formatted("{host: a, resolution: X, ports: [{number: a}]}"))))
                .extracting(Refusal::what)
                .containsExactlyInAnyOrder(
                        "spec.host is not known there",
                        "spec.hosts is missing",
                        "spec.resolution is the text \"X\"",
                        "spec.ports[0].name is missing",
                        "spec.ports[0].number is the text \"a\"");
    }

    @Test
    void aRefusalLeadsToItsLine() throws ManifestException {
        Refusal refusal = AdmissionControl.of(read("""
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: a, namespace: shop}
                spec:
                  hosts:
                    - a.example
                    - "*"
                """)).get(0);

        assertThat(refusal.line()).isEqualTo(7);
        assertThat(refusal.path()).containsExactly("spec", "hosts", 1);
        assertThat(refusal)
                .hasToString("test.yaml:7: ServiceEntry a would be refused: spec.hosts[1] is \"*\"; expected:"
                        + " a host name, or one with a wildcard such as *.example.com");
    }

    @Test
    void whatNobodyHereKnowsIsTakenAndSaidToBeUnknown() throws ManifestException {
        List<Manifest> manifests = read("apiVersion: a.example/v1\nkind: Whatever\nspec: [1]\n");

        assertThat(AdmissionControl.of(manifests)).isEmpty();
        assertThat(manifests).noneMatch(AdmissionControl::knows);
    }

    @Test
    void theVersionsOfWhichItSpeaksAreKnown() {
        assertThat(AdmissionControl.versions()).containsOnlyKeys("istio", "gateway-api", "kubernetes");
    }

    private static void assertRefused(String manifest, String why) throws ManifestException {
        List<Manifest> manifests = read(manifest);
        assertThat(AdmissionControl.of(manifests))
                .as(manifest)
                .extracting(refusal -> refusal.what() + "; expected: " + refusal.expected())
                .anySatisfy(said -> assertThat(said).startsWith(why));
    }

    private static List<Manifest> read(String text) throws ManifestException {
        return new ManifestReader()
                .read(Path.of("test.yaml"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .orThrow();
    }
}
