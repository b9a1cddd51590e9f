package dev.databasetraffic.bench.generating;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The whole rehearsal on this machine, with its own load for minutes: what it costs, and how soon its end is told. */
public final class LongRehearsal {

    private static final String LOAD_ENDED = "▸ settling";
    private static final String READ_BACK_BEGAN = "▸ verification";
    private static final String VERDICT = "acknowledged lost";

    private final Map<String, Instant> moments = new ConcurrentHashMap<>();

    private LongRehearsal() {}

    /**
     * What one said and took.
     *
     * @param due writes
     * @param lateP99Millis from when a write was due until it left
     * @param ownCores processors that the rehearsal's process kept busy, with all that it carries
     * @param verdictSeconds from the end of the load; likewise journal and page, which are written after it
     * @param readBackSeconds of these, in which the database was read back
     * @param notes what it says of its load
     */
    public record Told(
            long due,
            long notSent,
            long acknowledged,
            long stored,
            double lateP99Millis,
            double p50Millis,
            double p99Millis,
            double ownCores,
            double serviceCores,
            double residentMegabytes,
            double verdictSeconds,
            double journalSeconds,
            double pageSeconds,
            double readBackSeconds,
            List<String> notes) {}

    /**
     * Runs one.
     *
     * @param rehearse its command line, beside which the experiments are
     * @param folder for its files
     */
    public static Told run(Path rehearse, Path folder, int rate, int concurrency, Duration length)
            throws IOException, InterruptedException {
        Path experiment = Files.writeString(
                folder.resolve("long.yaml"),
                LongExperiment.of(rehearse.resolveSibling("experiments/black-hole.yaml"), rate, concurrency, length));
        return new LongRehearsal().told(rehearse, experiment, folder.resolve("long"));
    }

    private Told told(Path rehearse, Path experiment, Path out) throws IOException, InterruptedException {
        Resident resident = Resident.of(
                new ProcessBuilder(rehearse.toString(), "run", experiment.toString(), "--out", out.toString()),
                this::heard);
        Path journal = out.resolve("journal.json");
        if (resident.exit() > 1 || !Files.exists(journal)) {
            throw new IOException("rehearse run " + experiment + " ended with " + resident.exit() + ".");
        }
        JsonNode run = RunJournal.run(journal);
        if (!run.path("problem").asString("").isEmpty()) {
            throw new IOException(run.path("problem").asString());
        }
        JsonNode outcomes = run.at("/account/outcomes");
        JsonNode acknowledged = run.at("/figures/phases/0/acknowledged");
        return new Told(
                outcomes.valueStream().mapToLong(JsonNode::asLong).sum(),
                outcomes.path("NOT_SENT").asLong(),
                outcomes.path("ACKNOWLEDGED").asLong(),
                run.at("/account/comparison/stored").asLong(),
                run.at("/load/late/p99").asDouble() * 1000,
                acknowledged.path("p50").asDouble() * 1000,
                acknowledged.path("p99").asDouble() * 1000,
                run.at("/load/ownCores").asDouble(),
                run.at("/load/serviceCores").asDouble(),
                resident.megabytes(),
                seconds(LOAD_ENDED, moments.get(VERDICT)),
                seconds(LOAD_ENDED, written(journal)),
                seconds(LOAD_ENDED, written(out.resolve("report.html"))),
                seconds(READ_BACK_BEGAN, moments.get(VERDICT)),
                StreamSupport.stream(run.path("notes").spliterator(), false)
                        .map(JsonNode::asString)
                        .filter(note -> note.contains("the limit") || note.contains("not sent"))
                        .toList());
    }

    /** Somebody waits for minutes, and wants to see why. */
    private void heard(String line) {
        System.err.println(line);
        for (String moment : List.of(LOAD_ENDED, READ_BACK_BEGAN, VERDICT)) {
            if (line.startsWith(moment)) {
                moments.putIfAbsent(moment, Instant.now());
            }
        }
    }

    private double seconds(String from, @Nullable Instant to) throws IOException {
        Instant began = moments.get(from);
        if (began == null || to == null) {
            throw new IOException("The rehearsal did not say when it came to: " + from + ", " + VERDICT + ".");
        }
        return Duration.between(began, to).toMillis() / 1000.0;
    }

    private static Instant written(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
