package dev.databasetraffic.kit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process that starts a {@link TestChild} in the folder of its argument, prints its id and waits to be killed. */
public final class TestParent {

    private TestParent() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.named("child")
                .classPath(Path.of("target", "test-classes"))
                .main(TestChild.class.getName(), List.of("hook"))
                .workFolder(Path.of(args[0]))
                .start();
        System.out.println(child.pid());
        new CountDownLatch(1).await();
    }
}
