package dev.databasetraffic.bench.generating;

import dev.databasetraffic.bench.running.ProcessUse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A program that has ended, and how much memory it had in RAM at most.
 *
 * @param exit its exit code
 */
record Resident(int exit, double megabytes) {

    private static final long LOOK_MILLIS = 200;

    /** Runs a program to its end; what it says of itself is nobody's. */
    static Resident of(ProcessBuilder program) throws IOException, InterruptedException {
        Process process = program.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        double most = 0;
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    most = Math.max(most, ProcessUse.residentBytes(process.pid()) / 1e6);
                } catch (IOException e) {
                    // It has just ended.
                }
            }
        } finally {
            process.destroyForcibly();
        }
        return new Resident(process.exitValue(), most);
    }
}
