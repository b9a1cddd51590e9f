package dev.databasetraffic.mesh.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.Workload;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleInForceTests {

    private static final String HOST = "db.example.com";

    /** As {@code kubectl get -o yaml} prints them. */
    private static final String LIVE = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: db, namespace: shop}
            spec:
              hosts: [db.example.com]
              ports: [{number: 443, name: tls, protocol: TLS}]
              resolution: DNS
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              annotations:
                kubectl.kubernetes.io/last-applied-configuration: '{"kind":"VirtualService"}'
              creationTimestamp: "2026-11-26T12:00:51Z"
              generation: 1
              name: db-outage
              namespace: shop
              resourceVersion: "1446"
              uid: 87af1cac-ebdc-43d8-9a60-ced8a4c49802
            spec:
              hosts: [db.example.com]
              tls:
                - match: [{port: 443, sniHosts: [db.example.com]}]
                  route: [{destination: {host: db.example.com, port: {number: 444}}}]
            """;

    @Test
    void aRuleReadFromAClusterIsShownAsItWasApplied() throws Exception {
        RuleInForce rule = live();

        assertThat(rule.name()).isEqualTo("VirtualService shop/db-outage");
        assertThat(rule.text()).startsWith("""
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata:
                  name: db-outage
                  namespace: shop
                spec:
                """);
    }

    @Test
    void aRuleWithoutSourceIsTheSameButForThat() throws Exception {
        assertThat(live().withoutSource())
                .usingRecursiveComparison()
                .ignoringFields("source")
                .isEqualTo(live());
        assertThat(live().withoutSource().source()).isEmpty();
    }

    private static RuleInForce live() throws Exception {
        List<Manifest> manifests = new ManifestReader()
                .read(Path.of("live.yaml"), new ByteArrayInputStream(LIVE.getBytes(StandardCharsets.UTF_8)))
                .orThrow();
        return MeshModel.of(manifests, MeshOptions.DEFAULTS)
                .sidecar(new Workload("shop", Map.of()))
                .chain(HOST, 443, true)
                .flatMap(chain -> RuleInForce.of(HOST, chain))
                .orElseThrow();
    }
}
