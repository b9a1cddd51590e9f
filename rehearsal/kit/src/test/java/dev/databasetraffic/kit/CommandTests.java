package dev.databasetraffic.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class CommandTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(1);

    /** What ending takes, on a busy machine. */
    private static final Duration AND_NO_MORE = Duration.ofSeconds(6);

    @TempDir
    private Path folder;

    @Test
    void whatItTellsAndHowItEndsIsKnown() throws Exception {
        Path input = Files.writeString(folder.resolve("input"), "read ");

        Command.Result result = Command.of("sh", "-c", "cat; echo $WORD; pwd >&2; exit 7")
                .in(folder)
                .with(Map.of("WORD", "given"))
                .reading(input)
                .run(PATIENCE);

        assertThat(result).isEqualTo(new Command.Result(7, "read given\n", folder.toRealPath() + "\n"));
    }

    @Test
    void itsErrorsGoToALogIfThereIsOne() throws Exception {
        Path log = Files.writeString(folder.resolve("log"), "before\n");

        Command.Result result =
                Command.of("sh", "-c", "echo wrong >&2").loggingTo(log).run(PATIENCE);

        assertThat(result.errors()).isEmpty();
        assertThat(log).hasContent("before\nwrong\n");
    }

    @Test
    void oneThatHangsIsEndedInTimeTogetherWithItsChildren() throws Exception {
        long begin = System.nanoTime();

        assertThatThrownBy(() -> hanging().run(LIMIT))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("sleep 300")
                .hasMessageContaining("took longer than 1 s");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(LIMIT, LIMIT.plus(AND_NO_MORE));
        assertAllEnded();
    }

    @Test
    void oneThatIsInterruptedIsEndedTogetherWithItsChildren() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                hanging().run(PATIENCE);
            } catch (InterruptedException e) {
                interrupted.countDown();
            } catch (IOException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        await().until(() -> Files.exists(folder.resolve("started")));

        thread.interrupt();

        interrupted.await();
        assertAllEnded();
    }

    @Test
    void whatItLeavesRunningDoesNotHoldItUp() throws Exception {
        long begin = System.nanoTime();

        Command.Result result = Command.of("sh", "-c", "sleep 20 & echo $!").run(PATIENCE);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AND_NO_MORE);
        ProcessHandle left = ProcessHandle.of(Long.parseLong(result.told())).orElseThrow();
        assertThat(left.isAlive()).isTrue();
        left.destroyForcibly();
    }

    @Test
    void oneThatMustSucceedSaysWhatWentWrong() {
        assertThatThrownBy(() ->
                        Command.of("sh", "-c", "echo no such thing >&2; exit 3").succeed(PATIENCE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("failed with 3: no such thing");
    }

    @Test
    void aProgramThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> Command.of("no-such-program").run(PATIENCE)).isInstanceOf(IOException.class);
    }

    /** A shell, its child, and that one's child, each of which would sleep for minutes. */
    private Command hanging() {
        return Command.of(
                        "sh",
                        "-c",
                        "sh -c 'sleep 300 & echo $! >grandchild; echo $$ >child; touch started; wait' & sleep 300")
                .in(folder);
    }

    private void assertAllEnded() throws IOException {
        for (String name : new String[] {"child", "grandchild"}) {
            long pid = Long.parseLong(Files.readString(folder.resolve(name)).strip());
            await().untilAsserted(() -> assertThat(
                            ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                    .as(name)
                    .isFalse());
        }
    }
}
