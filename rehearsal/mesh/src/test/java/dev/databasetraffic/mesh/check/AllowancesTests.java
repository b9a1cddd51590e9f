package dev.databasetraffic.mesh.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.databasetraffic.mesh.check.Allowances.Allowed;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.model.MeshOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowancesTests {

    /** A trap: it is exported to the whole mesh. */
    private static final String RULE = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: outage
              namespace: shop
              annotations: {ANNOTATIONS}
            spec:
              hosts: [db.example.com]
              tls:
                - match: [{port: 443, sniHosts: [db.example.com]}]
                  route: [{destination: {host: sink.shop.svc.cluster.local, port: {number: 80}}}]
            """;

    private static final int LINE_OF_ANNOTATIONS = 22;

    @Test
    void findingNobodyAllowsIsLeft() throws ManifestException {
        assertThat(traps(allowances("other: \"mesh-wide-diversion\"").left()))
                .containsExactly(Trap.MESH_WIDE_DIVERSION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    allow: "mesh-wide-diversion: all of it, on purpose"                         | all of it, on purpose
                    allow: "mesh-wide-diversion", REHEARSE/allow-reason: "all of it"            | all of it
                    allow: " mesh-wide-diversion "                                              | ``
                    """)
    void findingThatItsResourceAllowsIsSetAsideWithTheReason(String annotation, String reason)
            throws ManifestException {
        Allowances allowances = allowances("REHEARSE/" + annotation);

        assertThat(allowances.left()).isEmpty();
        assertThat(allowances.allowed()).extracting(Allowed::reason).containsExactly(reason);
        assertThat(allowances.allowed().get(0).finding().trap()).isEqualTo(Trap.MESH_WIDE_DIVERSION);
    }

    @Test
    void whatIsAllowedAndNotFoundAndWhatNobodyKnowsAreNotesAtTheAnnotation() throws ManifestException {
        Allowances allowances = allowances("REHEARSE/allow: \"no-effect, mesh-wide-diversion, mesh-wide\"");

        assertThat(allowances.left())
                .extracting(Finding::trap, Finding::severity, Finding::line)
                .containsExactlyInAnyOrder(
                        tuple(Trap.UNUSED_ALLOWANCE, Severity.NOTE, LINE_OF_ANNOTATIONS),
                        tuple(Trap.UNKNOWN_ALLOWANCE, Severity.NOTE, LINE_OF_ANNOTATIONS));
        assertThat(allowances.left())
                .extracting(Finding::why)
                .anySatisfy(why -> assertThat(why).contains("mesh-wide,"));
        assertThat(allowances.allowed()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ""
                    ": we like it"
                    """)
    void annotationThatNamesNothingIsANoteAndAllowsNothing(String value) throws ManifestException {
        Allowances allowances = allowances("REHEARSE/allow: " + value);

        assertThat(traps(allowances.left()))
                .containsExactlyInAnyOrder(Trap.MESH_WIDE_DIVERSION, Trap.UNKNOWN_ALLOWANCE);
    }

    private static List<Trap> traps(List<Finding> findings) {
        return findings.stream().map(Finding::trap).toList();
    }

    private static Allowances allowances(String annotations) throws ManifestException {
        String text = Explanation.SURROUNDINGS
                + "---\n"
                + RULE.replace("ANNOTATIONS", annotations.replace("REHEARSE", "rehearse.databasetraffic.dev"));
        List<Manifest> manifests = new ManifestReader()
                .read(Path.of("rule.yaml"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .orThrow();
        return Allowances.of(manifests, MeshCheck.check(manifests, MeshOptions.DEFAULTS));
    }
}
