package dev.databasetraffic.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.kit.Command;
import dev.databasetraffic.rehearsal.compose.ComposePlace;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docker-compose.yml, with the real Envoy. */
@TestInstance(Lifecycle.PER_CLASS)
@EnabledIf(value = "dockerIsThere", disabledReason = ComposeIT.NEED)
class ComposeIT {

    static final String NEED = "needs a Docker daemon with compose, and the images that docker compose build makes";

    private static final List<String> IMAGES =
            List.of("database-traffic/plants:1.0.0", "database-traffic/echo:1.0.0", "database-traffic/mesh:1.0.0");

    /** A scrape each second, a rate over five of them, and a drain of five seconds before anything is felt. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ComposePlace place;

    static boolean dockerIsThere() {
        boolean there = Project.succeeds("docker", "compose", "version")
                && Project.succeeds("docker", "info")
                && IMAGES.stream().allMatch(image -> Project.succeeds("docker", "image", "inspect", image));
        return Project.orSay(there, ComposeIT.class, NEED);
    }

    @BeforeAll
    void start(@TempDir Path logs) throws Exception {
        place = ComposePlace.open(
                new PlaceOptions(Project.HOME, logs, 0, Duration.ofSeconds(5), Map.of(), System.out::println),
                ExperimentFile.read(Project.EXPERIMENT));
    }

    @AfterAll
    void end() throws Exception {
        if (place != null) {
            place.close();
        }
    }

    @AfterEach
    void nothingWasRestarted() {
        if (place != null) {
            String containers = Project.run("docker", "compose", "ps", "--quiet");
            assertThat(containers.lines())
                    .isNotEmpty()
                    .allSatisfy(container -> assertThat(Project.run(
                                    "docker",
                                    "inspect",
                                    "--format",
                                    "{{.RestartCount}} {{.State.OOMKilled}}",
                                    container))
                            .isEqualToIgnoringWhitespace("0 false"));
        }
    }

    @ParameterizedTest
    @CsvSource({"black-hole, echo", "silent, silent", "refused, ''"})
    void outageIsFeltWithinTheDeadlineAndLosesNothing(String outage, String listener) throws Exception {
        new OutageScenario(place, EchoMetrics.inCompose(), outage).run(outage, listener, () -> {});
    }

    @Test
    void theDocumentedCommandsSayWhatIsInForce() {
        assertThat(outage("start black-hole").output())
                .isEqualTo("firestore.googleapis.com:443 -> outbound|80||echo.plants.svc.cluster.local\n");
        assertThat(outage("start - <" + Project.OUTAGES.resolve("silent.yaml")).output())
                .isEqualTo("firestore.googleapis.com:443 -> outbound|81||echo.plants.svc.cluster.local\n");
        assertThat(outage("stop").output())
                .isEqualTo("firestore.googleapis.com:443 -> outbound|443||firestore.googleapis.com\n");

        Command.Result unknown = outage("start earthquake");
        assertThat(unknown.errors()).contains("no outage earthquake", "black-hole, half, refused, silent");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(outage("start - <" + Project.HOME.resolve("LICENSE")).status())
                .isEqualTo(2);
        assertThat(outage("status").output()).contains("No outage is in force.");
    }

    @Test
    void aManifestWithoutEffectIsAppliedAndToldOf() throws Exception {
        PlantsCaller caller = new PlantsCaller(place.service());
        place.apply(Project.PUBLISHED);
        try {
            assertThat(place.notes()).anySatisfy(note -> assertThat(note).contains("This tcp route does nothing"));
            assertThat(outage("status").output())
                    .contains(
                            "firestore.googleapis.com:443 -> outbound|443||firestore.googleapis.com\n",
                            "standard input is in force");
            assertThat(caller.post("published-" + System.nanoTime()).status()).isEqualTo(201);
        } finally {
            place.remove();
        }
    }

    private static Command.Result outage(String arguments) {
        return Project.tryRun(Map.of(), "sh", "-c", "docker compose exec -T envoy outage " + arguments);
    }

    @Test
    void everyQueryOfTheDashboardHasAnAnswerDuringAnOutage() throws Exception {
        Dashboard dashboard = new Dashboard();
        PlantsCaller caller = new PlantsCaller(place.service());
        Project.run("docker", "compose", "up", "--detach", "--wait", "prometheus");
        place.apply(Project.OUTAGES.resolve("black-hole.yaml"));
        try {
            assertThat(dashboard.queries())
                    .hasSizeGreaterThan(5)
                    .allSatisfy(query -> await().atMost(PATIENCE).untilAsserted(() -> {
                        caller.post("dashboard-" + System.nanoTime());
                        assertThat(dashboard.values(query)).as(query).isNotEmpty();
                    }));
            await().atMost(PATIENCE).untilAsserted(() -> {
                caller.post("dashboard-" + System.nanoTime());
                assertThat(dashboard.values("sum(rate(echo_connections_total[5s]))"))
                        .singleElement()
                        .satisfies(rate -> assertThat(rate).isPositive());
            });
        } finally {
            place.remove();
        }
    }

    @Test
    void portsAreOpenOnThisMachineAlone() throws Exception {
        JsonNode services = new ObjectMapper()
                .readTree(Project.run("docker", "compose", "config", "--format", "json"))
                .path("services");
        assertThat(services.findValues("ports").stream()
                        .flatMap(ports -> StreamSupport.stream(ports.spliterator(), false)))
                .hasSizeGreaterThan(5)
                .allSatisfy(port ->
                        assertThat(port.path("host_ip").asText()).as("%s", port).isEqualTo("127.0.0.1"));
        assertThat(Project.run("docker", "compose", "ps", "--format", "json"))
                .contains("127.0.0.1")
                .doesNotContain("0.0.0.0:", "[::]:");
    }
}
