package dev.databasetraffic.bench.load;

import dev.databasetraffic.bench.load.OpenResult.Answer;
import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Drives a service with {@code bench/peers/arrivals}: requests begin at a fixed rate, whether or not earlier ones were
 * answered, as those of callers who know nothing of each other do.
 */
public final class OpenLoad {

    /** Most that an open loop opens, unless it is about their number. */
    public static final int CONNECTIONS = 700;

    /** How long a caller waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration GRACE = Duration.ofSeconds(30);

    // Columns of its output.
    private static final int NUMBER = 0;
    private static final int STATUS = 1;
    private static final int LATE = 2;
    private static final int TOOK = 3;

    private final Path arrivals;
    private final Path folder;
    private final int connections;

    /**
     * @param arrivals the program
     * @param folder where what it writes is put
     * @param connections most that it opens; past them its requests wait, and their time counts
     */
    public OpenLoad(Path arrivals, Path folder, int connections) {
        this.arrivals = arrivals;
        this.folder = folder;
        this.connections = connections;
    }

    /** One result for each stage; they follow each other without a break. */
    public List<OpenResult> run(InetSocketAddress service, OpenRequest request, List<LoadStage> stages)
            throws IOException, InterruptedException {
        Duration all = stages.stream().map(LoadStage::duration).reduce(Duration.ZERO, Duration::plus);
        Ran ran = arrivals(service, request, "-stages=" + LoadStage.text(stages), all);
        return results(ran.start(), request.prefix(), stages, ran.lines());
    }

    /**
     * As many as are served if on each connection the next follows the last answer.
     *
     * @param duration after which none follows any more
     * @throws IOException if one was not acknowledged
     */
    public ClosedResult limit(InetSocketAddress service, OpenRequest request, Duration duration)
            throws IOException, InterruptedException {
        List<Answer> answers =
                arrivals(service, request, "-closed=" + duration.toMillis() + "ms", duration).lines().stream()
                        .map(line -> answer(request.prefix(), line.split(",")))
                        .toList();
        Map<Integer, Long> others = answers.stream()
                .filter(answer -> !answer.isAcknowledged())
                .collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting()));
        if (!others.isEmpty()) {
            throw new IOException("Of " + answers.size() + " requests on " + connections
                    + " connections some were not acknowledged, by their status: " + others);
        }
        double last = answers.stream()
                .mapToDouble(answer -> answer.late() + answer.millis())
                .max()
                .orElseThrow(() -> new IOException("No request was sent in " + duration.toSeconds() + " s"));
        return new ClosedResult(answers.size(), Duration.ofNanos(Math.round(last * 1e6)));
    }

    private record Ran(Instant start, List<String> lines) {}

    private Ran arrivals(InetSocketAddress service, OpenRequest request, String mode, Duration duration)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "arrivals-", ".csv");
        try {
            Command.Result ran = Command.of(
                            arrivals.toString(),
                            "-address=" + service.getHostString() + ":" + service.getPort(),
                            "-method=" + request.method(),
                            "-path=" + request.path(),
                            "-body=" + request.body(),
                            mode,
                            "-connections=" + connections,
                            "-patience=" + PATIENCE.toMillis() + "ms",
                            "-output=" + output)
                    .succeed(duration.plus(PATIENCE).plus(GRACE));
            Instant start = Instant.ofEpochMilli(Long.parseLong(ran.output().trim()));
            return new Ran(start, Files.readAllLines(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    static List<OpenResult> results(Instant start, String prefix, List<LoadStage> stages, List<String> lines) {
        List<OpenResult> results = new ArrayList<>();
        int first = 0;
        Instant from = start;
        for (LoadStage stage : stages) {
            List<Answer> answers = lines.subList(first, first + stage.count()).stream()
                    .map(line -> answer(prefix, line.split(",")))
                    .toList();
            results.add(new OpenResult(stage, from, answers));
            first += stage.count();
            from = from.plus(stage.duration());
        }
        return results;
    }

    private static Answer answer(String prefix, String[] cells) {
        return new Answer(
                prefix + cells[NUMBER], Integer.parseInt(cells[STATUS]), millis(cells[LATE]), millis(cells[TOOK]));
    }

    private static double millis(String micros) {
        return Long.parseLong(micros) / 1000.0;
    }
}
