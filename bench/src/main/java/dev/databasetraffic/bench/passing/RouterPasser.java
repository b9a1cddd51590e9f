package dev.databasetraffic.bench.passing;

import dev.databasetraffic.bench.running.RouterHop;
import dev.databasetraffic.kit.JvmLaunch;
import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.kit.LoopbackPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The rehearsal's router, alone in a JVM that is given no settings, as {@code ./rehearse} gives its own none.
 *
 * @param manifests the folder {@code istio}
 */
public record RouterPasser(String name, Path java, Path manifests) implements Passer {

    @Override
    public Passage open(InetSocketAddress target, Path folder) throws IOException, InterruptedException {
        int port = LoopbackPorts.free();
        Path outages = Files.createDirectory(folder.resolve("outages"));
        return Passage.through(
                JvmLaunch.named("router")
                        .java(java)
                        .ownClassPath()
                        .main(
                                InItsProcess.class.getName(),
                                List.of(
                                        manifests.toString(),
                                        outages.toAbsolutePath().toString(),
                                        Integer.toString(port),
                                        Integer.toString(target.getPort())))
                        .workFolder(folder)
                        .start(),
                Loopback.at(port));
    }

    /** The main class over there. */
    public static final class InItsProcess {

        private InItsProcess() {}

        /**
         * Routes until the process is ended.
         *
         * @param args the manifests, an empty folder of outages, the port to listen on, and that of the target
         */
        public static void main(String[] args) throws IOException {
            RouterHop.start(
                    Path.of(args[0]),
                    Path.of(args[1]),
                    Integer.parseInt(args[2]),
                    Loopback.at(Integer.parseInt(args[3])));
        }
    }
}
