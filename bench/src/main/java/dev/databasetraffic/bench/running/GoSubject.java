package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The peer in Go. */
public record GoSubject(String name, Path executable) implements Subject {

    @Override
    public Service start(String endpoint, BenchDatabase database, Path folder) throws IOException {
        int port = LoopbackPorts.free();
        Path log = folder.resolve("service.log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        executable.toString(),
                        "-until-eof",
                        "-listen=127.0.0.1:" + port,
                        "-endpoint=" + endpoint,
                        "-authority=" + BenchDatabase.AUTHORITY,
                        "-project=" + BenchDatabase.PROJECT))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("SSL_CERT_FILE", database.certificate().toString());
        builder.environment().remove("FIRESTORE_EMULATOR_HOST");
        long startedAt = System.nanoTime();
        Process process = builder.start();
        return new Service(startedAt, port, false, null, log, process.pid(), () -> end(process));
    }

    private static void end(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
