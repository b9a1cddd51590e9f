package dev.databasetraffic.rehearsal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However and whenever the process that runs a place ends, nothing of the place is left. */
@Tag("long")
class LocalPlaceEndIT {

    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

    @TempDir
    Path logs;

    @ParameterizedTest(name = "signal {0} after \"{1}\"")
    @CsvSource({"KILL, starting the database", "KILL, plants is ready", "TERM, echo is ready"})
    void noProcessAndNoFileSurvives(String signal, String after) throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        logs.toString())
                .redirectErrorStream(true)
                .start();
        readUntil(parent, after);
        // The service is the last to be started.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> children(parent).stream()
                        .anyMatch(child -> child.info().commandLine().orElse("").contains("plants-service")));
        List<ProcessHandle> children = children(parent);
        assertThat(runFolders(parent)).hasSize(1);

        new ProcessBuilder("kill", "-" + signal, String.valueOf(parent.pid()))
                .start()
                .waitFor();

        assertThat(parent.waitFor(20, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(15)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(runFolders(parent)).isEmpty();
    }

    private static void readUntil(Process process, String line) throws IOException {
        BufferedReader output = process.inputReader();
        List<String> said = new ArrayList<>();
        String read = output.readLine();
        while (read != null && !read.startsWith(line)) {
            said.add(read);
            read = output.readLine();
        }
        assertThat(read).as("the place said \"%s\" after %s", line, said).isNotNull();
    }

    private static List<ProcessHandle> children(Process parent) {
        return parent.children()
                .filter(child -> child.info().commandLine().orElse("").contains(".Leash "))
                .toList();
    }

    private static List<Path> runFolders(Process parent) throws IOException {
        try (Stream<Path> folders = Files.list(HOME.resolve(".rehearsal"))) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("run-" + parent.pid() + "-"))
                    .toList();
        }
    }

    /** A process that runs a place, logs to the folder of its argument, until it is ended. */
    public static final class Main {

        private Main() {}

        public static void main(String[] args) throws PlaceException, InterruptedException {
            LocalPlace place = Suite.open(
                    new PlaceOptions(HOME, Path.of(args[0]), 0, Duration.ofSeconds(5), Map.of(), System.out::println)
                            .withDatabase(TestDatabase.CHOICE));
            new CountDownLatch(1).await();
            place.close();
        }
    }
}
