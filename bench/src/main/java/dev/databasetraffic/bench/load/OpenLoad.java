package dev.databasetraffic.bench.load;

import dev.databasetraffic.bench.load.OpenResult.Answer;
import dev.databasetraffic.bench.running.Service;
import dev.databasetraffic.kit.Command;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Drives {@code POST /plants} with vegeta: requests begin at a fixed rate, whether or not earlier ones were answered, as
 * those of callers who know nothing of each other do.
 */
public final class OpenLoad {

    /** How long a caller waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final String NAME = "?name=";

    // Columns of `vegeta encode --to csv`.
    private static final int CODE = 1;
    private static final int LATENCY = 2;
    private static final int URL = 10;

    private final Path folder;
    private final int connections;

    private OpenLoad(Path folder, int connections) {
        this.folder = folder;
        this.connections = connections;
    }

    /**
     * @param folder where what vegeta reads and writes is put
     * @param connections most that it opens; past them its requests wait, and their time counts
     * @throws IOException if there is no vegeta
     */
    public static OpenLoad in(Path folder, int connections) throws IOException, InterruptedException {
        Vegeta.require();
        return new OpenLoad(folder, connections);
    }

    /** @param prefix of the names of the plants, which no other run on the same database may have */
    public OpenResult run(Service service, String prefix, int rate, Duration duration)
            throws IOException, InterruptedException {
        Path targets = folder.resolve(prefix + "targets");
        Path results = folder.resolve(prefix + "results");
        write(targets, service, prefix, rate * duration.toSeconds() + rate);
        try {
            long startedAt = System.nanoTime();
            // Each target once, read as it is needed, and nothing of an answer's body.
            Command.of(Vegeta.attack(targets, rate, duration, PATIENCE, connections, results, "-lazy", "-max-body=0"))
                    .succeed(duration.plus(PATIENCE).plus(GRACE));
            double seconds = (System.nanoTime() - startedAt) / 1e9;
            return new OpenResult(rate, duration, seconds, answers(results));
        } finally {
            Files.deleteIfExists(targets);
            Files.deleteIfExists(results);
        }
    }

    private static void write(Path targets, Service service, String prefix, long count) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(targets)) {
            for (long n = 0; n < count; n++) {
                // The name in the URL, which nobody reads, is what vegeta's results tell of a request.
                String name = prefix + n;
                out.write(Vegeta.target(URI.create(service.plants() + NAME + name), name));
            }
        }
    }

    private static List<Answer> answers(Path results) throws IOException, InterruptedException {
        Path table = results.resolveSibling(results.getFileName() + ".csv");
        try {
            Command.of("vegeta", "encode", "--to", "csv", "--output", table.toString(), results.toString())
                    .succeed(GRACE);
            List<Answer> answers = new ArrayList<>();
            try (BufferedReader in = Files.newBufferedReader(table)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    // No comma is in what comes before the URL, but for the text of an error, which is quoted.
                    String[] cells = line.replaceAll("\"[^\"]*\"", "quoted").split(",");
                    answers.add(new Answer(
                            cells[URL].substring(cells[URL].indexOf(NAME) + NAME.length()),
                            Integer.parseInt(cells[CODE]),
                            Long.parseLong(cells[LATENCY]) / 1e6));
                }
            }
            return answers;
        } finally {
            Files.deleteIfExists(table);
        }
    }
}
