package dev.databasetraffic.bench.generating;

import dev.databasetraffic.bench.load.Vegeta;
import dev.databasetraffic.bench.running.ProcessUse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** vegeta, with as many connections as the rehearsal may have requests in flight. */
public record VegetaGenerator(Path folder, int connections) implements Generator {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String name() {
        return "vegeta";
    }

    @Override
    public Said run(URI service, int rate, int seconds) throws IOException, InterruptedException {
        Path target = Files.writeString(
                folder.resolve("target.json"), Vegeta.target(service.resolve("/plants"), "sunflower"));
        Path results = folder.resolve("results");
        Duration before = ProcessUse.cpuOfEndedChildren();
        Resident resident = Resident.of(new ProcessBuilder(
                Vegeta.attack(target, rate, Duration.ofSeconds(seconds), PATIENCE, connections, results)));
        Duration used = ProcessUse.cpuOfEndedChildren().minus(before);
        Path report = folder.resolve("report.json");
        Resident reporting = Resident.of(
                new ProcessBuilder("vegeta", "report", "-type=json", "-output=" + report, results.toString()));
        if (resident.exit() != 0 || reporting.exit() != 0) {
            throw new IOException("vegeta ended with " + resident.exit() + ", and its report with " + reporting.exit());
        }
        JsonNode said = JSON.readTree(Files.readString(report));
        long requests = said.path("requests").asLong();
        Generator.requireAll(name(), requests - said.at("/status_codes/201").asLong());
        return new Said(
                (long) rate * seconds - requests,
                said.at("/latencies/50th").asDouble() / NANOS_PER_MILLI,
                said.at("/latencies/99th").asDouble() / NANOS_PER_MILLI,
                used.toNanos() / 1000.0 / Math.max(1, requests),
                resident.megabytes());
    }
}
