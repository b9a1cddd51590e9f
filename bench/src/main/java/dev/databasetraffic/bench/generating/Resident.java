package dev.databasetraffic.bench.generating;

import dev.databasetraffic.bench.running.ProcessUse;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that has ended, and how much memory it had in RAM at most.
 *
 * @param exit its exit code
 */
record Resident(int exit, double megabytes) {

    private static final long LOOK_MILLIS = 200;

    /** Runs a program to its end; what it says of itself is nobody's. */
    static Resident of(ProcessBuilder program) throws IOException, InterruptedException {
        return of(program, line -> {});
    }

    /**
     * Runs a program to its end.
     *
     * @param said told of each line that it says, at once and on a thread of its own
     */
    static Resident of(ProcessBuilder program, Consumer<String> said) throws IOException, InterruptedException {
        Process process = program.redirectErrorStream(true).start();
        // Who ends the bench with a signal ends this as well.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "program-end"));
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        Thread reader = new Thread(() -> lines.lines().forEach(said), "lines");
        reader.setDaemon(true);
        reader.start();
        double most = 0;
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    most = Math.max(most, ProcessUse.residentBytes(process.pid()) / 1e6);
                } catch (IOException e) {
                    // It has just ended.
                }
            }
            reader.join();
        } finally {
            // In order, so that it ends what it has started itself.
            process.destroy();
        }
        return new Resident(process.exitValue(), most);
    }
}
