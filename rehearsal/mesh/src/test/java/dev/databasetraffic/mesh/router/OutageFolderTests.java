package dev.databasetraffic.mesh.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutageFolderTests {

    private static final String OUTAGE = """
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: outage, namespace: shop},
             spec: {hosts: [db.example.com], tcp: [{route: [{destination: {host: %s}}]}]}}
            """;

    @TempDir
    private Path elsewhere;

    @TempDir
    private Path put;

    private OutageFolder folder;

    @BeforeEach
    void open() {
        folder = new OutageFolder(put);
    }

    @ParameterizedTest
    @CsvSource({"outage, outage.yaml", "outage.txt, outage.txt.yaml", "outage.yml, outage.yml"})
    void whatIsPutThereIsInForceWhateverItsName(String name, String there) throws Exception {
        folder.put(Files.writeString(elsewhere.resolve(name), OUTAGE.formatted("sink")));

        assertThat(folder.read()).extracting(Manifest::name).containsExactly("outage");
        assertThat(folder.clear()).containsExactly(there);
        assertThat(folder.read()).isEmpty();
    }

    @Test
    void whatTheApiServerWouldRefuseCannotBeRead() throws Exception {
        Path refused = Files.writeString(elsewhere.resolve("outage.yaml"), OUTAGE.formatted("\"\""));

        assertThatThrownBy(() -> OutageFolder.read(refused))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("would be refused");
    }
}
