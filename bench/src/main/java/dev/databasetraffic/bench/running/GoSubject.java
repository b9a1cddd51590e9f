package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("SSL_CERT_FILE", database.certificate().toString());
        builder.environment().remove("FIRESTORE_EMULATOR_HOST");
        long startedAt = System.nanoTime();
        GoProgram program = GoProgram.start(builder);
        return new Service(startedAt, port, false, null, log, program.pid(), program);
    }
}
