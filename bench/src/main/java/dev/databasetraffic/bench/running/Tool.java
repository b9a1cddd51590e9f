package dev.databasetraffic.bench.running;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program that does its work and ends. */
final class Tool {

    private Tool() {}

    /**
     * What it told on both its streams.
     *
     * @throws IOException with what it told, if it failed
     */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + told);
        }
        return told;
    }
}
