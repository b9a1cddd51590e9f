package dev.databasetraffic.bench.running;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of {@code bench/peers}, which end when their standard input does. */
public final class GoProgram implements AutoCloseable {

    private static final int SECONDS_TO_END = 5;

    private final String name;
    private final Process process;

    private GoProgram(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    public static GoProgram start(ProcessBuilder program) throws IOException {
        return new GoProgram(
                program.command().get(0), program.redirectErrorStream(true).start());
    }

    /** Its first line, which says where it listens; it is ended if that does not match. */
    public Matcher listening(Pattern where) throws IOException {
        BufferedReader log = process.inputReader();
        String line = log.readLine();
        Matcher match = where.matcher(line == null ? "" : line);
        if (!match.matches()) {
            process.destroyForcibly();
            throw new IOException(name + " did not say where it listens, but: " + line);
        }
        return match;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
