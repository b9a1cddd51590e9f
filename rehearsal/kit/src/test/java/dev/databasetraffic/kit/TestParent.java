package dev.databasetraffic.kit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A process that starts a {@link TestChild} in the folder of its argument, or the shell script of its second one there,
 * prints its id or its log and waits to be killed.
 */
public final class TestParent {

    private TestParent() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        if (args.length > 1) {
            ChildProgram program = ChildProgram.start(launch("TERM", args[1]), folder, folder);
            System.out.println(program.log());
        } else {
            ChildJvm child = JvmLaunch.named("child")
                    .classPath(Path.of("target", "test-classes"))
                    .main(TestChild.class.getName(), List.of("hook"))
                    .workFolder(folder)
                    .start();
            System.out.println(child.pid());
        }
        new CountDownLatch(1).await();
    }

    static ChildProgram.Launch launch(String signal, String script) {
        return new ChildProgram.Launch(
                "program", List.of("sh", "-c", script), Map.of("WORD", "given"), signal, Duration.ofSeconds(2));
    }
}
