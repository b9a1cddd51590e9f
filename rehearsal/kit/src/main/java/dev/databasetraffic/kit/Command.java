package dev.databasetraffic.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A program that does its work and ends, or is ended when its time is up, together with all that it started.
 *
 * @param words the program, looked up on the PATH, and its arguments
 * @param folder where it runs; null for this process's folder
 * @param variables what it has beside this process's environment, or in its place
 * @param input what it reads; null for nothing
 * @param log what its standard error is appended to; null to have it in the result
 */
public record Command(
        List<String> words,
        @Nullable Path folder,
        Map<String, String> variables,
        @Nullable Path input,
        @Nullable Path log) {

    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    /** How it ended, and what it wrote to its standard output and, unless that went to a log, its standard error. */
    public record Result(int status, String output, String errors) {

        /** What it wrote to both, without space around it. */
        public String told() {
            return (output + errors).strip();
        }
    }

    public static Command of(String... words) {
        return of(List.of(words));
    }

    public static Command of(List<String> words) {
        return new Command(List.copyOf(words), null, Map.of(), null, null);
    }

    public Command in(Path newFolder) {
        return new Command(words, newFolder, variables, input, log);
    }

    public Command with(Map<String, String> newVariables) {
        return new Command(words, folder, Map.copyOf(newVariables), input, log);
    }

    public Command reading(@Nullable Path newInput) {
        return new Command(words, folder, variables, newInput, log);
    }

    public Command loggingTo(Path newLog) {
        return new Command(words, folder, variables, input, newLog);
    }

    /**
     * Runs it to its end.
     *
     * @throws IOException if there is no such program, or its streams cannot be kept
     * @throws TimeoutException if it took longer than that; it and its descendants were ended
     * @throws InterruptedException likewise
     */
    public Result run(Duration atMost) throws IOException, TimeoutException, InterruptedException {
        // Not pipes: those end with the last process that holds them, and that may outlive the command by far.
        Path output = Files.createTempFile("command", ".out");
        Path errors = Files.createTempFile("command", ".err");
        try {
            Process process = start(output, errors);
            try {
                process.getOutputStream().close();
                if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new TimeoutException(this + " took longer than " + atMost.toSeconds() + " s, and was ended");
                }
            } finally {
                end(process);
            }
            return new Result(process.exitValue(), read(output), read(errors));
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    /**
     * As {@link #run}, for a command that must succeed.
     *
     * @throws IOException also if its status is not 0, with what it told
     */
    public Result succeed(Duration atMost) throws IOException, InterruptedException {
        try {
            Result result = run(atMost);
            if (result.status() != 0) {
                throw new IOException(this + " failed with " + result.status() + ": " + result.told());
            }
            return result;
        } catch (TimeoutException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Process start(Path output, Path errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectOutput(output.toFile())
                .redirectError(
                        log == null
                                ? ProcessBuilder.Redirect.to(errors.toFile())
                                : ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** Does nothing if it has ended by itself: what it left running on purpose is not its own any more. */
    private static void end(Process process) throws InterruptedException {
        if (process.isAlive()) {
            endTree(process.toHandle());
            process.waitFor(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Parents first, so that they start no others in place of those that are gone. */
    private static void endTree(ProcessHandle process) {
        List<ProcessHandle> children = process.children().toList();
        process.destroyForcibly();
        children.forEach(Command::endTree);
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** As one would type it. */
    @Override
    public String toString() {
        return "`" + String.join(" ", words) + "`";
    }
}
