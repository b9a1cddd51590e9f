package dev.databasetraffic.kit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTests {

    private static final Path TEST_CLASSES = Path.of("target", "test-classes");

    @TempDir
    Path folder;

    @Test
    void closingRunsTheShutdownHooksAndLeavesTheFolder() throws IOException {
        ChildJvm child = start(Duration.ofSeconds(10), "hook");
        await().until(() -> child.lastLines(5).contains("running hook"));

        child.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(child.lastLines(1)).isEqualTo("shutdown hook ran");
        assertThat(folder).exists();
    }

    @Test
    void aShutdownHookThatHangsIsCutOffAfterTheGrace() throws IOException {
        ChildJvm child = start(Duration.ofMillis(200), "hang");
        await().until(() -> child.lastLines(5).contains("running hang"));

        child.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(child.exit().join()).isEqualTo(1);
    }

    @Test
    void anEndThatNobodyAskedForIsReportedWithItsExitCode() throws Exception {
        BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
        try (ChildJvm child = start(Duration.ofSeconds(10), "exit")) {
            child.onUnexpectedEnd(codes::add);

            assertThat(codes.poll(20, SECONDS)).isEqualTo(7);
            assertThat(child.lastLines(1)).isEqualTo("running exit");
        }
    }

    @Test
    void anEndByCloseIsNotReported() throws IOException {
        BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
        ChildJvm child = start(Duration.ofSeconds(10), "hook");
        child.onUnexpectedEnd(codes::add);

        child.close();

        assertThat(child.exit().join()).isZero();
        assertThat(codes).isEmpty();
    }

    @Test
    void variablesCanBeKeptFromTheChild() throws IOException {
        try (ChildJvm child = builder("print-path").withoutVariables("PATH").start()) {
            await().until(() -> child.lastLines(5).contains("PATH is null"));
        }
    }

    @Test
    void variablesCanBeGivenToTheChild() throws IOException {
        try (ChildJvm child =
                builder("print-path").withVariables(Map.of("PATH", "/given")).start()) {
            await().until(() -> child.lastLines(5).contains("PATH is /given"));
        }
    }

    @Test
    void aJavaThatIsMissingIsAnError() {
        assertThatThrownBy(() ->
                        builder("hook").java(folder.resolve("no-such-java")).start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-java");
    }

    @Test
    void aParentThatIsKilledTakesItsChildAndTheFolderAlong() throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestParent.class.getName(),
                        work.toString())
                .redirectErrorStream(true)
                .start();
        long pid = Long.parseLong(parent.inputReader().readLine());
        ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
        await().until(() -> Files.readString(work.resolve("child.log")).contains("running"));

        parent.destroyForcibly();

        await().atMost(Duration.ofSeconds(10)).until(() -> !child.isAlive());
        assertThat(work).doesNotExist();
        assertThat(folder).exists();
    }

    private ChildJvm start(Duration grace, String argument) throws IOException {
        return builder(argument).grace(grace).start();
    }

    private JvmLaunch builder(String argument) {
        return JvmLaunch.named("child")
                .classPath(TEST_CLASSES)
                .main(TestChild.class.getName(), List.of(argument))
                .workFolder(folder);
    }
}
