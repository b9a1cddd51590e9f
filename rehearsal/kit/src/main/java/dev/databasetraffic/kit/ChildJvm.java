package dev.databasetraffic.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Another JVM on a {@link Leash}: it ends when this object is closed, and when this JVM dies in whatever way. Its output
 * goes to a file.
 */
public final class ChildJvm implements Child, AutoCloseable {

    /** What a process takes to end beyond the grace of its hooks. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final String name;
    private final Process process;
    private final Path log;
    private final Duration grace;
    private volatile boolean closing;

    ChildJvm(String name, Process process, Path log, Duration grace) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.grace = grace;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public void onUnexpectedEnd(IntConsumer listener) {
        CompletableFuture<Void> unused = exit().thenAccept(code -> {
            if (!closing) {
                listener.accept(code);
            }
        });
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public String lastLines(int count) {
        try {
            // Read leniently: a process that was killed may have left half a character.
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toList());
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException e) {
            return "(its log " + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Ends it at once, without its shutdown hooks, as a crash does; counts as an end that nobody expected. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Ends it, with its shutdown hooks, by force after the grace, and then its children too. Returns when it is gone. */
    @Override
    public void close() {
        closing = true;
        try (OutputStream leash = process.getOutputStream()) {
            leash.write(Leash.GOODBYE);
        } catch (IOException e) {
            // It is dead already, or will be by force.
        }
        if (!hasEndedWithin(grace.plus(MARGIN))) {
            // What it would have ended itself, had the machine let it: a leash is often the only one to know its
            // program.
            List<ProcessHandle> family = process.descendants().toList();
            process.destroyForcibly();
            family.forEach(ProcessHandle::destroyForcibly);
            hasEndedWithin(MARGIN);
        }
    }

    /** Goes on waiting when interrupted, for what interrupts is often Ctrl-C, and an orderly end is what it asks for. */
    private boolean hasEndedWithin(Duration limit) {
        boolean interrupted = false;
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
