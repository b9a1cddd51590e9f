package dev.databasetraffic.bench.generating;

import dev.databasetraffic.bench.running.ProcessUse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** vegeta, with as many connections as the rehearsal may have requests in flight. */
public record VegetaGenerator(Path folder, int connections) implements Generator {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String name() {
        return "vegeta";
    }

    @Override
    public Said run(URI service, int rate, int seconds) throws IOException, InterruptedException {
        Path target = Files.writeString(
                folder.resolve("target.json"),
                String.format(
                        Locale.ROOT,
                        "{\"method\":\"POST\",\"url\":\"%s\",\"body\":\"%s\","
                                + "\"header\":{\"Content-Type\":[\"application/json\"]}}%n",
                        service.resolve("/plants"),
                        Base64.getEncoder()
                                .encodeToString(
                                        "{\"name\":\"sunflower\",\"quantity\":3}".getBytes(StandardCharsets.UTF_8))));
        Path results = folder.resolve("results");
        Duration before = ProcessUse.cpuOfEndedChildren();
        Resident resident = Resident.of(new ProcessBuilder(
                "vegeta",
                "attack",
                "-format=json",
                "-targets=" + target,
                "-rate=" + rate,
                "-duration=" + seconds + "s",
                "-timeout=10s",
                "-max-workers=" + connections,
                "-connections=" + connections,
                "-output=" + results));
        Duration used = ProcessUse.cpuOfEndedChildren().minus(before);
        Path report = folder.resolve("report.json");
        Resident.of(new ProcessBuilder("vegeta", "report", "-type=json", "-output=" + report, results.toString()));
        JsonNode said = JSON.readTree(Files.readString(report));
        long requests = said.path("requests").asLong();
        return new Said(
                (long) rate * seconds - requests,
                said.at("/latencies/50th").asDouble() / NANOS_PER_MILLI,
                said.at("/latencies/99th").asDouble() / NANOS_PER_MILLI,
                used.toNanos() / 1000.0 / Math.max(1, requests),
                resident.megabytes());
    }
}
