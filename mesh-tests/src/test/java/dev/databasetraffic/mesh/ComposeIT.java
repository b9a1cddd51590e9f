package dev.databasetraffic.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.databasetraffic.rehearsal.compose.ComposePlace;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docker-compose.yml, with the real Envoy. */
@TestInstance(Lifecycle.PER_CLASS)
class ComposeIT {

    private static final List<String> IMAGES = List.of("database-traffic/plants:1.0.0", "database-traffic/echo:1.0.0");

    private ComposePlace place;

    @BeforeAll
    void start(@TempDir Path logs) throws Exception {
        assumeTrue(
                Project.tryRun(Map.of(), "docker", "compose", "version").status() == 0
                        && Project.tryRun(Map.of(), "docker", "info").status() == 0,
                "skipped: there is no Docker daemon with compose");
        for (String image : IMAGES) {
            assumeTrue(
                    Project.tryRun(Map.of(), "docker", "image", "inspect", image)
                                    .status()
                            == 0,
                    "skipped: there is no image " + image + "; docker compose build makes it");
        }
        place = ComposePlace.open(
                new PlaceOptions(Project.HOME, logs, 0, Duration.ofSeconds(5), Map.of(), System.out::println));
    }

    @AfterAll
    void end() throws Exception {
        if (place != null) {
            place.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"black-hole", "silent", "refused"})
    void outageIsFeltWithinTheDeadlineAndLosesNothing(String outage) throws Exception {
        new OutageScenario(place, outage).run(outage, () -> {});
    }

    @Test
    void portsAreOpenOnThisMachineAlone() {
        String published = Project.run("docker", "compose", "ps", "--format", "json");

        assertThat(published).contains("127.0.0.1").doesNotContain("0.0.0.0:", "[::]:");
    }
}
