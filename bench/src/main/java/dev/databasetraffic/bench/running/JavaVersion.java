package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The version of a Java, asked of its executable.
 *
 * @param text such as {@code 25.0.1+8-LTS}
 */
public record JavaVersion(String text) {

    /** Docker may have to start a container for it. */
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(1);

    public static JavaVersion of(Path java) throws IOException, InterruptedException {
        return askedBy(List.of(java.toString()));
    }

    /** @param java a command that runs a Java, to which its arguments can be appended */
    static JavaVersion askedBy(List<String> java) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java);
        command.add("-version");
        return Command.of(command)
                .succeed(ANSWERS_WITHIN)
                .told()
                .lines()
                .filter(line -> line.contains("Runtime Environment"))
                .findFirst()
                .map(line -> new JavaVersion(line.replaceAll(".*build |\\).*", "")))
                .orElseThrow(() -> new IOException(String.join(" ", java) + " does not tell its version"));
    }

    /** Such as 25. */
    public int feature() {
        return Runtime.Version.parse(text.replaceAll("-.*", "")).feature();
    }
}
