package dev.databasetraffic.mesh.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the checker to what a real API server and istiod said of manifests; {@code .ci/record-admission} asks them. */
class RecordedAnswersTests {

    private static final Path ANSWERS = Path.of("src/test/resources/admission/answers.jsonl");

    @Test
    void whatARealClusterTakesIsTakenAndWhatItRefusesIsRefused() throws Exception {
        int taken = 0;
        int refused = 0;
        List<String> different = new ArrayList<>();
        for (String line : Files.readAllLines(ANSWERS)) {
            JsonNode answer = new JsonMapper().readTree(line);
            JsonNode why = answer.get("refused");
            List<Refusal> refusals = refusals(answer.get("manifest").toString());
            taken += why.isNull() ? 1 : 0;
            refused += why.isNull() ? 0 : 1;
            if (why.isNull() != refusals.isEmpty()) {
                different.add("the cluster: " + why + ", here: " + refusals + ", of " + answer.get("manifest"));
            }
        }

        assertThat(different).isEmpty();
        assertThat(taken).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    private static List<Refusal> refusals(String manifest) throws IOException {
        List<Manifest> manifests = new ManifestReader(false, "admission")
                .read(Path.of("answers.json"), new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .manifests();
        assertThat(manifests).hasSize(1);
        return AdmissionControl.of(manifests);
    }
}
