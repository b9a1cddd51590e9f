package dev.databasetraffic.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.kit.Command;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutageScriptTests {

    private static final String FIRESTORE = "outbound|443||firestore.googleapis.com";

    @TempDir
    private Path folder;

    private OutageScript script;

    @BeforeEach
    void healthy() {
        script = new OutageScript(folder);
        assertThat(script.run("stop").status()).isZero();
        assertThat(routes()).isEqualTo(Map.of(FIRESTORE, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "black-hole, outbound|80||echo.plants.svc.cluster.local",
        "silent, outbound|81||echo.plants.svc.cluster.local",
        "refused, outbound|80||nowhere.plants.svc.cluster.local"
    })
    void outageLeadsToWhatItsManifestNames(String outage, String cluster) {
        assertThat(script.run("start", outage).status()).isZero();

        assertThat(routes()).isEqualTo(Map.of(cluster, 1));
        assertThat(script.configuration().clusterTypes()).containsKey(cluster);
        assertThat(script.run("stop").status()).isZero();
        assertThat(routes()).isEqualTo(Map.of(FIRESTORE, 1));
    }

    @Test
    void halfKeepsItsWeights() {
        script.run("start", "half");

        assertThat(routes()).isEqualTo(Map.of(FIRESTORE, 50, "outbound|80||echo.plants.svc.cluster.local", 50));
    }

    @Test
    void publishedOutageChangesNothingHereEither() {
        Command.Result result = script.run("start", Project.PUBLISHED.toString());

        assertThat(result.errors()).contains("no tls route there");
        assertThat(routes()).isEqualTo(Map.of(FIRESTORE, 1));
    }

    @Test
    void unknownOutageIsRefusedWithTheOnesThereAre() {
        Command.Result result = script.run("start", "earthquake");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.errors()).contains("earthquake", "black-hole.yaml");
        assertThat(routes()).isEqualTo(Map.of(FIRESTORE, 1));
    }

    private Map<String, Integer> routes() {
        var chains = script.configuration().chains();
        assertThat(chains).hasSize(1);
        return chains.get(0).routes();
    }
}
