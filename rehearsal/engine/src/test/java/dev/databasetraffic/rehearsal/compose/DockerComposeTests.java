package dev.databasetraffic.rehearsal.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DockerComposeTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private volatile boolean interrupted;

    @Test
    void aCommandGetsItsArgumentsInputAndVariables() throws Exception {
        Path input = Files.writeString(folder.resolve("rule.yaml"), "rule");

        assertThat(compose("echo \"$0 $DRAIN\"; cat").run(PATIENCE, input, "ps"))
                .isEqualTo("ps 5\nrule");
    }

    @Test
    void aCommandThatHangsIsAnErrorWhenItsTimeIsUp() {
        DockerCompose compose = compose("echo waiting >&2; sleep 300");

        assertThatThrownBy(() -> compose.run(Duration.ofSeconds(1), null, "up"))
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("took longer than 1 s")
                .hasMessageContaining(compose.log().toString());
        assertThat(compose.log()).hasContent("waiting");
    }

    @Test
    void aCommandThatFailsIsAnErrorThatNamesItsLog() {
        DockerCompose compose = compose("echo no such service >&2; exit 14");

        assertThatThrownBy(() -> compose.run(PATIENCE, null, "up"))
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("failed with 14")
                .hasMessageContaining(compose.log().toString());
        assertThat(compose.log()).hasContent("no such service");
    }

    @Test
    void aStatusThatMeansSomethingIsNoFailure() throws Exception {
        assertThat(compose("exit 1").run(Set.of(0, 1), PATIENCE, null, "exec").status())
                .isEqualTo(1);
        assertThatThrownBy(() -> compose("exit 2").run(Set.of(0, 1), PATIENCE, null, "exec"))
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("failed with 2");
    }

    @Test
    void whatEndsAnOutageIsNotEndedByAnInterruptionBeforeItOrMeanwhile() throws Exception {
        Path done = folder.resolve("done");
        Path began = folder.resolve("began");
        Thread ending = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                compose("echo >> began; [ $(wc -l < began) -gt 1 ] || sleep 300; echo > done")
                        .finish(PATIENCE, "down");
            } catch (PlaceException e) {
                throw new IllegalStateException(e);
            }
            interrupted = Thread.currentThread().isInterrupted();
        });
        ending.start();
        await().until(() -> Files.exists(began));

        ending.interrupt();
        ending.join();

        assertThat(done).exists();
        assertThat(interrupted).isTrue();
    }

    @Test
    void aDockerThatIsNotThereIsAnErrorThatSaysWhatIsNeeded() {
        DockerCompose compose = new DockerCompose(List.of("no-such-docker"), folder, log(), Map.of());

        assertThatThrownBy(() -> compose.run(PATIENCE, null, "up"))
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("--on compose needs Docker");
    }

    /** A shell script in Docker's place. */
    private DockerCompose compose(String script) {
        return new DockerCompose(List.of("sh", "-c", script), folder, log(), Map.of("DRAIN", "5"));
    }

    private Path log() {
        return folder.resolve("compose.log");
    }
}
