package dev.databasetraffic.bench.generating;

import dev.databasetraffic.kit.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A rehearsal's load, in its steady state; the outage is one that nobody feels. */
public record RehearsalGenerator(Path rehearse, Path folder, int connections) implements Generator {

    private static final String EXPERIMENT = """
            title: A load
            service: {name: known, url: "%1$s"}
            operation:
              request: {method: POST, path: /plants, body: {name: "${key}", quantity: 3}}
              acknowledged: {status: 201}
            database: {host: database.example, port: 443, tls: true, address: "%2$s", listen: %6$d}
            fault: {wire: refused, connections: left}
            phases: {steady: %3$ds, outage: 1s, recovery: 1s, settle: 1s}
            load: {rate: %4$d, concurrency: %5$d, timeout: 10s}
            tolerances:
              steadySuccess: 0.5
              writesFail: false
              acknowledgedLost: 0
              duplicates: 0
              phantoms: 0
              unresolved: 0
            """;

    @Override
    public String name() {
        return "the rehearsal";
    }

    @Override
    public Said run(URI service, int rate, int seconds) throws IOException, InterruptedException {
        Path experiment = Files.writeString(
                folder.resolve("experiment.yaml"),
                String.format(
                        Locale.ROOT,
                        EXPERIMENT,
                        service,
                        service.getAuthority(),
                        seconds,
                        rate,
                        connections,
                        LoopbackPorts.free()));
        Path out = folder.resolve("rehearsal");
        Resident resident = Resident.of(new ProcessBuilder(
                rehearse.toString(), "run", experiment.toString(), "--no-page", "--out", out.toString()));
        Path journal = out.resolve("journal.json");
        if (resident.exit() > 1 || !Files.exists(journal)) {
            throw new IOException("rehearse run " + experiment + " ended with " + resident.exit() + ".");
        }
        JsonNode run = RunJournal.run(journal);
        JsonNode steady = run.at("/figures/phases/0");
        long due = StreamSupport.stream(steady.at("/outcomes").spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .sum();
        long notSent = steady.at("/outcomes/NOT_SENT").asLong();
        Generator.requireAll(
                name(), due - notSent - steady.at("/outcomes/ACKNOWLEDGED").asLong());
        return new Said(
                notSent,
                steady.at("/acknowledged/p50").asDouble() * 1000,
                steady.at("/acknowledged/p99").asDouble() * 1000,
                run.at("/load/ownCores").asDouble() * 1e6 / rate,
                resident.megabytes());
    }
}
