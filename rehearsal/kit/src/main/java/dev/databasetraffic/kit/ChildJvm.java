package dev.databasetraffic.kit;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Another JVM on a {@link Leash}: it ends when this object is closed, and when this JVM dies in whatever way. Its output
 * goes to a file.
 */
public final class ChildJvm implements AutoCloseable {

    /** The main class of a Spring Boot jar. */
    public static final String BOOT_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    /** What a process takes to end beyond the grace of its hooks. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final String name;
    private final Process process;
    private final Path log;
    private final Duration grace;
    private volatile boolean closing;

    private ChildJvm(String name, Process process, Path log, Duration grace) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.grace = grace;
    }

    /**
     * Begins to describe a process.
     *
     * @param name how messages call it, and its log file: a word such as {@code plants}
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the process has ended, whoever ended it. */
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Calls the listener with the exit code if the process ends before {@link #close} is called. */
    public void onUnexpectedEnd(IntConsumer listener) {
        CompletableFuture<Void> unused = exit().thenAccept(code -> {
            if (!closing) {
                listener.accept(code);
            }
        });
    }

    public Path log() {
        return log;
    }

    /** The last lines of its log, fewer if there are not as many; a sentence about the log if it can't be read. */
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

    /** Ends it, with its shutdown hooks, by force after the grace. Returns when the process is gone. */
    @Override
    public void close() {
        closing = true;
        try (OutputStream leash = process.getOutputStream()) {
            leash.write(Leash.GOODBYE);
        } catch (IOException e) {
            // It is dead already, or will be by force.
        }
        if (!hasEndedWithin(grace.plus(MARGIN))) {
            process.destroyForcibly();
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

    /** What to run. */
    public static final class Builder {

        private final String name;
        private Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        private List<Path> classPath = List.of();
        private List<String> jvmArguments = List.of();
        private String mainClass = "";
        private List<String> arguments = List.of();
        private List<String> hiddenVariables = List.of();
        private Map<String, String> variables = Map.of();
        private Duration grace = Duration.ofSeconds(5);

        private @Nullable Path workFolder;

        private @Nullable Path logFolder;

        private Builder(String name) {
            this.name = name;
        }

        /** The {@code java} to run it with; this JVM's own by default. */
        public Builder java(Path executable) {
            java = executable.toAbsolutePath();
            return this;
        }

        public Builder classPath(Path... entries) {
            classPath = List.of(entries);
            return this;
        }

        public Builder jvmArguments(List<String> values) {
            jvmArguments = List.copyOf(values);
            return this;
        }

        public Builder main(String className, List<String> values) {
            mainClass = className;
            arguments = List.copyOf(values);
            return this;
        }

        /** Variables of this JVM's environment that the child must not inherit. */
        public Builder withoutVariables(String... names) {
            hiddenVariables = List.of(names);
            return this;
        }

        /** Variables that the child has beside those of this JVM's environment, or in their place. */
        public Builder withVariables(Map<String, String> values) {
            variables = Map.copyOf(values);
            return this;
        }

        /** How long shutdown hooks may take; 5 seconds by default. */
        public Builder grace(Duration value) {
            grace = value;
            return this;
        }

        /** Where its log goes, an existing folder that outlives it; by default the work folder. */
        public Builder logFolder(@Nullable Path folder) {
            logFolder = folder;
            return this;
        }

        /**
         * Where the log and temporary files go, an existing folder. The child deletes it if this JVM dies without
         * closing; after {@link ChildJvm#close} it is the caller's to keep or delete.
         */
        public Builder workFolder(Path folder) {
            workFolder = folder;
            return this;
        }

        /**
         * Starts the process; that it has done anything useful yet is for the caller to find out.
         *
         * @throws IOException if the work folder cannot be written, or there is no such {@code java}
         */
        public ChildJvm start() throws IOException {
            if (workFolder == null) {
                throw new IllegalStateException("no work folder");
            }
            Path folder = workFolder.toAbsolutePath();
            boolean posix = File.separatorChar == '/';
            if (posix && !Files.isExecutable(java)) {
                // sh, which runs it, would say so in the log only.
                throw new IOException(java + " cannot be executed");
            }
            Path temporary = Files.createDirectories(folder.resolve(name + "-tmp"));
            Path log = (logFolder != null ? logFolder : folder).resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(command(folder, temporary, posix))
                    // Nothing that lies about in the user's folder, such as an application.yaml, is to be picked up.
                    .directory(temporary.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            hiddenVariables.forEach(builder.environment()::remove);
            builder.environment().putAll(variables);
            return new ChildJvm(name, builder.start(), log, grace);
        }

        private List<String> command(Path folder, Path temporary, boolean posix) {
            List<String> command = new ArrayList<>();
            if (posix) {
                // Ctrl-C goes to the whole foreground group; the parent alone decides what ends when.
                command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\""));
            }
            command.add(java.toString());
            command.addAll(jvmArguments);
            // hsperfdata would stay behind after a halt.
            command.addAll(List.of("-XX:-UsePerfData", "-Djava.io.tmpdir=" + temporary, "-cp", joinedClassPath()));
            command.addAll(List.of(Leash.class.getName(), folder.toString(), String.valueOf(grace.toMillis())));
            command.add(mainClass);
            command.addAll(arguments);
            return command;
        }

        private String joinedClassPath() {
            List<String> entries = new ArrayList<>();
            entries.add(leashLocation());
            classPath.forEach(entry -> entries.add(entry.toAbsolutePath().toString()));
            return String.join(File.pathSeparator, entries);
        }

        private static String leashLocation() {
            try {
                return Path.of(Leash.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString();
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
