package dev.databasetraffic.bench.load;

import dev.databasetraffic.bench.running.Service;
import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/** Drives {@code POST /plants} with wrk: each connection sends its next request when the last was answered. */
public final class Load {

    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration WARM_UP_AT_MOST = Duration.ofMinutes(4);
    private static final int TRAINING_CONNECTIONS = 16;
    private static final int TRAINING_WRITES = 20_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path script;

    private Load(Path script) {
        this.script = script;
    }

    /**
     * @param folder where the script for wrk is put
     * @throws IOException if there is no wrk
     */
    public static Load in(Path folder) throws IOException, InterruptedException {
        try {
            Command.of("wrk", "--version").run(GRACE);
        } catch (IOException | TimeoutException e) {
            throw new IOException("wrk is not installed: install your system's package of that name.", e);
        }
        Path script = folder.resolve("plants.lua");
        try (InputStream in = Load.class.getResourceAsStream("/plants.lua")) {
            if (in == null) {
                throw new IllegalStateException("plants.lua is not on the class path");
            }
            Files.copy(in, script);
        }
        return new Load(script);
    }

    /** As the image's training run does: what a JVM's compiler is to know of has to happen often. */
    public static void train(Service service, Path folder) throws IOException, InterruptedException {
        in(folder).warmUp(service, TRAINING_CONNECTIONS, "training-", TRAINING_WRITES);
    }

    /**
     * Sends {@code count} requests in all, a few more as connections finish together. A service that is cold may refuse some.
     *
     * @throws IOException if that takes too long, or one was not answered
     */
    public LoadResult warmUp(Service service, int connections, String prefix, int count)
            throws IOException, InterruptedException {
        LoadResult warmUp =
                run(service.plants(), connections, prefix, WARM_UP_AT_MOST, List.of(Integer.toString(count)));
        if (!warmUp.isAnswered()) {
            throw new UnacknowledgedException("The warm-up left requests unanswered: " + warmUp);
        }
        if (warmUp.sent() < count) {
            throw new IOException("Of a warm-up of %d writes on %d connections %d were sent in %d s: ask for fewer"
                    .formatted(count, connections, warmUp.sent(), WARM_UP_AT_MOST.toSeconds()));
        }
        return warmUp;
    }

    /** @param prefix of the names of the plants, which no other run on the same database may have */
    public LoadResult run(Service service, int connections, String prefix, Duration duration)
            throws IOException, InterruptedException {
        return run(service.plants(), connections, prefix, duration, List.of());
    }

    private LoadResult run(URI plants, int connections, String prefix, Duration duration, List<String> count)
            throws IOException, InterruptedException {
        long limit = duration.plus(GRACE).toSeconds();
        List<String> command = new ArrayList<>(List.of(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + limit + "s",
                "--timeout",
                GRACE.toSeconds() + "s",
                "-s",
                script.toString(),
                plants.toString(),
                "--",
                Integer.toString(connections),
                prefix,
                Double.toString(duration.toMillis() / 1000.0)));
        command.addAll(count);
        try {
            Command.Result wrk =
                    Command.of(command).run(Duration.ofSeconds(limit).plus(GRACE));
            if (wrk.status() != 0 || wrk.errors().isBlank()) {
                throw new IOException("wrk failed with exit code " + wrk.status() + ": " + wrk.errors());
            }
            return JSON.readValue(wrk.errors(), LoadResult.class);
        } catch (TimeoutException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
