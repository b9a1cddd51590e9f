package dev.databasetraffic.bench.load;

import dev.databasetraffic.bench.load.OpenResult.Answer;
import dev.databasetraffic.bench.running.Service;
import dev.databasetraffic.kit.Command;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

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
        try {
            Command.of("vegeta", "-version").run(GRACE);
        } catch (IOException | TimeoutException e) {
            throw new IOException(
                    "vegeta is not installed: go install github.com/tsenart/vegeta/v12@latest, and put it on the PATH.",
                    e);
        }
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
            Command.of(
                            "vegeta",
                            "attack",
                            "-format=json",
                            "-lazy",
                            "-targets=" + targets,
                            "-rate=" + rate,
                            "-duration=" + duration.toMillis() + "ms",
                            "-timeout=" + PATIENCE.toMillis() + "ms",
                            "-max-workers=" + connections,
                            "-connections=" + connections,
                            "-max-body=0",
                            "-output=" + results)
                    .succeed(duration.plus(PATIENCE).plus(GRACE));
            double seconds = (System.nanoTime() - startedAt) / 1e9;
            return new OpenResult(rate, duration, seconds, answers(results));
        } finally {
            Files.deleteIfExists(targets);
            Files.deleteIfExists(results);
        }
    }

    private static void write(Path targets, Service service, String prefix, long count) throws IOException {
        Base64.Encoder base64 = Base64.getEncoder();
        try (BufferedWriter out = Files.newBufferedWriter(targets)) {
            for (long n = 0; n < count; n++) {
                String name = prefix + n;
                String body = base64.encodeToString(
                        "{\"name\":\"%s\",\"quantity\":3}".formatted(name).getBytes(StandardCharsets.UTF_8));
                // The name in the URL, which nobody reads, is what vegeta's results tell of a request.
                out.write(String.format(
                        Locale.ROOT,
                        "{\"method\":\"POST\",\"url\":\"%s\",\"body\":\"%s\","
                                + "\"header\":{\"Content-Type\":[\"application/json\"]}}%n",
                        service.plants() + NAME + name,
                        body));
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
