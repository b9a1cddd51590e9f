package dev.databasetraffic.mesh.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.istio.api.networking.v1.VirtualService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTests {

    @TempDir
    Path folder;

    @Test
    void aMisspeltMemberIsNamedWithItsLineAndTheMembersThereAre() throws Exception {
        Path file = write("""
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: outage}
                spec:
                  hosts: [firestore.googleapis.com]
                  tls:
                    - match:
                        - port: 443
                          sniHost: [firestore.googleapis.com]
                """);

        assertThatThrownBy(() -> Manifest.read(file).get(0).as(VirtualService.class))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("outage.yaml:9: VirtualService has no member spec.tls.0.match.0.sniHost")
                .hasMessageContaining("sniHosts");
    }

    @Test
    void aMemberOfTheWrongTypeIsAnErrorThatNamesTheFile() throws Exception {
        Path file = write("""
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: outage}
                spec:
                  hosts: {firestore.googleapis.com: 443}
                """);

        assertThatThrownBy(() -> Manifest.read(file).get(0).as(VirtualService.class))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("outage.yaml:1: is not a valid VirtualService");
    }

    @Test
    void everyOutageOfTheSuiteHasOnlyMembersThatIstioKnows() throws Exception {
        assertThat(Manifest.read(Path.of("../../istio/outage")))
                .isNotEmpty()
                .allSatisfy(manifest -> assertThat(
                                manifest.as(VirtualService.class).getSpec().getTls())
                        .isNotEmpty());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("outage.yaml"), yaml);
    }
}
