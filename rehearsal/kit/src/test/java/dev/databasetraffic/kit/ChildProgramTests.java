package dev.databasetraffic.kit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ChildProgramTests {

    /** A shell with a child, each of which would sleep for minutes; both tell their ids. */
    private static final String FAMILY = "sh -c 'echo child $$; exec sleep 300' & echo parent $$; wait";

    @TempDir
    Path folder;

    @Test
    void itsVariablesAndExitCodeAndOutputAreKnown() throws Exception {
        try (ChildProgram program = start("TERM", "echo $WORD; exit 7")) {
            assertThat(program.exit().get(20, SECONDS)).isEqualTo(7);
            assertThat(program.lastLines(1)).isEqualTo("given");
        }
    }

    @Test
    void closingSendsItsSignalAndLeavesNoChild() throws IOException {
        ChildProgram program = start("USR1", "trap 'echo in order; exit 0' USR1; " + FAMILY);
        List<ProcessHandle> family = family(program);

        program.close();

        assertThat(program.lastLines(1)).isEqualTo("in order");
        assertAllEnded(family);
        assertThat(program.isAlive()).isFalse();
    }

    @Test
    void oneThatIgnoresItsSignalIsEndedByForce() throws IOException {
        ChildProgram program = start("TERM", "trap '' TERM; " + FAMILY);
        List<ProcessHandle> family = family(program);

        program.close();

        assertAllEnded(family);
    }

    /** As on a machine that is so busy that it gets no turn. */
    @Test
    void aLeashThatDoesNothingAnyMoreLeavesNoChild() throws Exception {
        ChildProgram program = start("TERM", FAMILY);
        List<ProcessHandle> family = family(program);
        ProcessHandle leash = family.stream()
                .flatMap(member -> member.parent().stream())
                .filter(parent -> !family.contains(parent))
                .findFirst()
                .orElseThrow();
        assertThat(new ProcessBuilder("kill", "-s", "STOP", String.valueOf(leash.pid()))
                        .start()
                        .waitFor())
                .isZero();

        program.close();

        assertAllEnded(family);
        assertThat(program.isAlive()).isFalse();
    }

    @Test
    void killingSparesNoChildAndRunsNoTrap() throws Exception {
        ChildProgram program = start("TERM", "trap 'echo in order' TERM; " + FAMILY);
        List<ProcessHandle> family = family(program);

        program.kill();

        assertAllEnded(family);
        assertThat(program.lastLines(2)).doesNotContain("in order");
        assertThat(program.exit().join()).isEqualTo(137);
    }

    @Test
    void aChildThatOutlivesItsProgramEndsWithIt() throws Exception {
        try (ChildProgram program =
                start("TERM", "sh -c 'echo child $$; exec sleep 300' & echo parent $$; sleep 4; exit 3")) {
            List<ProcessHandle> family = family(program);

            assertThat(program.exit().get(30, SECONDS)).isEqualTo(3);
            assertAllEnded(family);
        }
    }

    @Test
    void whatIsForTheProgramsJvmIsNotForTheSmallOneThatHoldsIt() throws Exception {
        ChildProgram.Launch launch = new ChildProgram.Launch(
                "program",
                List.of("sh", "-c", "echo $JAVA_TOOL_OPTIONS"),
                Map.of("JAVA_TOOL_OPTIONS", "-Xms256m"),
                "TERM",
                Duration.ofSeconds(1));
        try (ChildProgram program = ChildProgram.start(launch, folder, folder)) {
            assertThat(program.exit().get(20, SECONDS)).isZero();
            assertThat(program.lastLines(30)).isEqualTo("-Xms256m");
        }
    }

    @Test
    void aProgramThatIsNotThereIsToldInItsLog() throws Exception {
        ChildProgram.Launch launch =
                new ChildProgram.Launch("program", List.of("no-such-program"), Map.of(), "TERM", Duration.ofSeconds(1));
        try (ChildProgram program = ChildProgram.start(launch, folder, folder)) {
            assertThat(program.exit().get(20, SECONDS)).isEqualTo(127);
            assertThat(program.lastLines(30)).hasLineCount(1).contains("no-such-program");
        }
    }

    @Test
    void aParentThatIsKilledTakesTheProgramAndTheFolderAlong() throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestParent.class.getName(),
                        work.toString(),
                        FAMILY)
                .redirectErrorStream(true)
                .start();
        Path log = work.resolve("program.log");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Files.exists(log) && ids(Files.readString(log)).size() == 2);
        List<ProcessHandle> family = ids(Files.readString(log));

        parent.destroyForcibly();

        assertAllEnded(family);
        await().until(() -> !Files.exists(work));
    }

    private ChildProgram start(String signal, String script) throws IOException {
        return ChildProgram.start(TestParent.launch(signal, script), folder, folder);
    }

    private static List<ProcessHandle> family(ChildProgram program) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ids(program.lastLines(2)).size() == 2);
        return ids(program.lastLines(2));
    }

    /** In a moment: whoever inherits a child takes note of its end then. */
    private static void assertAllEnded(List<ProcessHandle> family) {
        await().untilAsserted(() -> assertThat(family).noneMatch(ProcessHandle::isAlive));
    }

    private static List<ProcessHandle> ids(String told) {
        return told.lines()
                .filter(line -> line.matches("(parent|child) \\d+"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line.substring(line.indexOf(' ') + 1))).stream())
                .toList();
    }
}
