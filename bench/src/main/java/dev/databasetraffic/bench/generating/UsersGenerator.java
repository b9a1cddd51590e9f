package dev.databasetraffic.bench.generating;

import dev.databasetraffic.bench.running.ProcessUse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bounded number of virtual users, the model of many tools: what is due while none is free is dropped. */
public record UsersGenerator(Path program, Path folder, int users) implements Generator {

    @Override
    public String name() {
        return users + " users";
    }

    @Override
    public Said run(URI service, int rate, int seconds) throws IOException, InterruptedException {
        Path report = folder.resolve("users.json");
        Duration before = ProcessUse.cpuOfEndedChildren();
        Resident resident = Resident.of(new ProcessBuilder(
                program.toString(),
                "-url=" + service.resolve("/plants"),
                "-rate=" + rate,
                "-for=" + seconds + "s",
                "-users=" + users,
                "-out=" + report));
        Duration used = ProcessUse.cpuOfEndedChildren().minus(before);
        if (resident.exit() != 0) {
            throw new IOException(program + " ended with " + resident.exit() + ".");
        }
        JsonNode said = JsonMapper.shared().readTree(Files.readString(report));
        Generator.requireAll(name(), said.path("failed").asLong());
        long dropped = said.path("dropped").asLong();
        return new Said(
                dropped,
                said.path("p50Millis").asDouble(),
                said.path("p99Millis").asDouble(),
                used.toNanos() / 1000.0 / Math.max(1, said.path("due").asLong() - dropped),
                resident.megabytes());
    }
}
