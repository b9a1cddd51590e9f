package dev.databasetraffic.databases.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.StartOptions;
import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;

/**
 * What holds for every real server, wherever it comes from.
 *
 * @param begin makes the place that writes go to
 * @param write stores a key once more, as acknowledged as the database can
 */
public record ServerStory(ReadBack readBack, Step begin, Write write) {

    /** A driver's failure on a connection that is cut, or refused. */
    private static final Duration NOTICED = Duration.ofSeconds(10);

    /** Uses the database through its driver. */
    @FunctionalInterface
    public interface Step {
        void with(Database database) throws Exception;
    }

    /** Likewise. */
    @FunctionalInterface
    public interface Write {
        void of(Database database, String key) throws Exception;
    }

    /** Skips a test, with the reason, if this machine has no such server. */
    public static void assumeHere(ServerRecipe recipe) {
        Assumptions.assumeTrue(
                Servers.isHere(recipe, System.getenv()),
                () -> recipe.title() + " is not installed here: no " + recipe.programs() + " on the PATH or in "
                        + recipe.usualFolders());
    }

    /** Skips a test, with the reason, if Docker does not have the image already. */
    public static void assumeImage(String image) throws InterruptedException {
        Assumptions.assumeTrue(has(image), () -> "Docker has no image " + image + " here: docker pull " + image);
        Assumptions.assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "Docker does not answer here");
    }

    /** Not asked through Testcontainers, whose client would first pull another image. */
    private static boolean has(String image) throws InterruptedException {
        try {
            return Command.of("docker", "image", "inspect", image).run(NOTICED).status() == 0;
        } catch (IOException | TimeoutException e) {
            return false;
        }
    }

    /** Tells it from the start to the end. */
    public void tell(ServerRecipe recipe, StartOptions options, String description) throws Exception {
        Set<ProcessHandle> before = descendants();
        Database database = Servers.start(recipe, options);
        Set<ProcessHandle> processes = descendants();
        processes.removeAll(before);
        try (database) {
            assertThat(database.description()).matches(description);
            assertThat(database.reason()).startsWith(recipe.title() + " runs ").endsWith(".");
            storeAndCount(database);
            crashAndComeBack(database);
        }
        await().untilAsserted(() -> assertThat(processes).noneMatch(ProcessHandle::isAlive));
        assertThat(descendants()).isSubsetOf(before);
        assertThatThrownBy(() -> connect(database)).isInstanceOf(ConnectException.class);
        assertNoSecret(options.folder(), database);
    }

    private void storeAndCount(Database database) throws Exception {
        begin.with(database);
        for (String key : List.of("run_1-once", "run_1-twice", "run_1-twice", "runX1-other", "other")) {
            write.of(database, key);
        }
        assertCounted(database);
        assertThat(readBack.count(database.source(), "nobody-")).isEmpty();
    }

    /** The underscore is LIKE's and the brackets are a pattern's: taken as they are, neither finds another run's keys. */
    private void assertCounted(Database database) throws Exception {
        assertThat(readBack.count(database.source(), "run_1-")).isEqualTo(Map.of("run_1-once", 1, "run_1-twice", 2));
        assertThat(readBack.count(database.source(), "run[X_]1-")).isEmpty();
    }

    private void crashAndComeBack(Database database) throws Exception {
        database.kill();

        assertFailsInTime(() -> write.of(database, "run_1-lost"));
        assertFailsInTime(() -> readBack.count(database.source().within(Duration.ofSeconds(2)), "run_1-"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(database.address().toString())
                .message()
                .doesNotContain(database.login().password());

        database.revive();
        assertCounted(database);
        write.of(database, "run_1-after");
        assertThat(readBack.count(database.source(), "run_1-a")).isEqualTo(Map.of("run_1-after", 1));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFailsInTime(ThrowingCallable use) {
        long begin = System.nanoTime();
        Throwable failure = catchThrowable(use);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(NOTICED);
        return assertThat(failure).isInstanceOf(Exception.class);
    }

    private static void assertNoSecret(Path folder, Database database) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file).content().doesNotContain(database.login().password());
            }
        }
        assertThat(database.login().toString()).doesNotContain(database.login().password());
    }

    private static void connect(Database database) throws Exception {
        new Socket(database.address().host(), database.address().port()).close();
    }

    private static Set<ProcessHandle> descendants() {
        return new HashSet<>(ProcessHandle.current().descendants().toList());
    }
}
