package dev.databasetraffic.bench.load;

import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** How vegeta is called: its requests begin at a fixed rate, whether or not earlier ones were answered. */
public final class Vegeta {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    private Vegeta() {}

    /** @throws IOException if there is none */
    public static void require() throws IOException, InterruptedException {
        try {
            Command.of("vegeta", "-version").run(ANSWERS_WITHIN);
        } catch (IOException | TimeoutException e) {
            throw new IOException(
                    "vegeta is not installed: go install github.com/tsenart/vegeta/v12@latest, and put it on the PATH.",
                    e);
        }
    }

    /** A request for a plant of three, as a line of its file of targets. */
    public static String target(URI plants, String name) {
        String body = Base64.getEncoder()
                .encodeToString(
                        "{\"name\":\"%s\",\"quantity\":3}".formatted(name).getBytes(StandardCharsets.UTF_8));
        return String.format(
                Locale.ROOT,
                "{\"method\":\"POST\",\"url\":\"%s\",\"body\":\"%s\",\"header\":{\"Content-Type\":[\"application/json\"]}}%n",
                plants,
                body);
    }

    /**
     * The command line of a load.
     *
     * @param patience of a caller
     * @param connections most that it opens; past them its requests wait, and their time counts
     * @param more options
     */
    public static List<String> attack(
            Path targets,
            int rate,
            Duration duration,
            Duration patience,
            int connections,
            Path results,
            String... more) {
        List<String> words = new ArrayList<>(List.of(
                "vegeta",
                "attack",
                "-format=json",
                "-targets=" + targets,
                "-rate=" + rate,
                "-duration=" + duration.toMillis() + "ms",
                "-timeout=" + patience.toMillis() + "ms",
                "-max-workers=" + connections,
                "-connections=" + connections,
                "-output=" + results));
        words.addAll(List.of(more));
        return words;
    }
}
