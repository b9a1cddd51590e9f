package dev.databasetraffic.bench.generating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongExperimentTests {

    private static final Path SHIPPED = Path.of("../experiments/black-hole.yaml");

    @TempDir
    private Path folder = Path.of("unset");

    @Test
    void theShippedExperimentLastsAsLongAsAskedForWithItsPathsAsTheyWere() throws IOException {
        String experiment = LongExperiment.of(SHIPPED, 5000, 600, Duration.ofMinutes(10));

        assertThat(experiment)
                .contains("steady: 580000ms", "outage: 10000ms", "recovery: 10000ms", "rate: 5000", "concurrency: 600")
                .contains("apply: " + Path.of("..").toRealPath() + "/istio/outage/black-hole.yaml")
                .doesNotContain("../");
    }

    @Test
    void anExperimentOfAnotherFormIsRefused() throws IOException {
        Path other = Files.createDirectories(folder.resolve("experiments")).resolve("other.yaml");
        Files.writeString(other, "phases: {steady: 10s}\n");

        assertThatIOException()
                .isThrownBy(() -> LongExperiment.of(other, 5000, 600, Duration.ofMinutes(10)))
                .withMessageContaining("steady");
    }
}
