package dev.databasetraffic.kit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * Any program on a leash: it and all its children end when this object is closed, and when this JVM dies in whatever
 * way. Its output goes to a file. A small JVM of its own holds it, for only a process that is waiting can notice the end
 * of another.
 */
public final class ChildProgram implements Child, AutoCloseable {

    /** What the leash takes beyond the time that the program is given. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final Duration DEATH = Duration.ofSeconds(5);

    private final ChildJvm leash;

    private ChildProgram(ChildJvm leash) {
        this.leash = leash;
    }

    /**
     * What to run.
     *
     * @param name how messages call it, and its log file: a word such as {@code postgresql}
     * @param words the program and its arguments
     * @param folder where it runs
     * @param variables what it has beside this process's environment, or in its place
     * @param hidden names of variables of this process's environment that it is not to have
     * @param stopSignal what ends it in order, such as {@code TERM}; on Windows it is ended by force
     * @param grace how long an orderly end may take
     */
    public record Launch(
            String name,
            List<String> words,
            Path folder,
            Map<String, String> variables,
            List<String> hidden,
            String stopSignal,
            Duration grace) {

        /** In this process's folder, with all of its environment. */
        public Launch(
                String name, List<String> words, Map<String, String> variables, String stopSignal, Duration grace) {
            this(name, words, Path.of(""), variables, List.of(), stopSignal, grace);
        }
    }

    /**
     * Starts the program; that it has done anything useful yet is for the caller to find out, even that it could be
     * started at all: its {@link #exit} and {@link #lastLines} tell.
     *
     * @param workFolder an existing one that is deleted if this JVM dies without closing
     * @param logFolder an existing one
     * @throws IOException if the folders cannot be written
     */
    public static ChildProgram start(Launch launch, Path workFolder, Path logFolder) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add(launch.stopSignal());
        arguments.add(String.valueOf(launch.grace().toMillis()));
        arguments.add(launch.folder().toAbsolutePath().toString());
        arguments.addAll(launch.words());
        Map<String, String> variables = new HashMap<>(launch.variables());
        List<String> hidden = new ArrayList<>(launch.hidden());
        ProgramLeash.JVM_VARIABLES.forEach(name -> {
            // They are for the program's JVM, if it is one, and not for the small one that holds it.
            String inherited = launch.hidden().contains(name) ? null : System.getenv(name);
            String value = launch.variables().getOrDefault(name, inherited);
            variables.remove(name);
            hidden.add(name);
            if (value != null) {
                variables.put(ProgramLeash.FOR_THE_PROGRAM + name, value);
            }
        });
        return new ChildProgram(JvmLaunch.named(launch.name())
                // It waits, and looks for children now and then.
                .jvmArguments(List.of("-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"))
                .main(ProgramLeash.class.getName(), arguments)
                .withVariables(variables)
                .withoutVariables(hidden.toArray(String[]::new))
                .grace(launch.grace().plus(MARGIN))
                .workFolder(workFolder)
                .logFolder(logFolder)
                .start());
    }

    @Override
    public boolean isAlive() {
        return leash.isAlive();
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return leash.exit();
    }

    @Override
    public void onUnexpectedEnd(IntConsumer listener) {
        leash.onUnexpectedEnd(listener);
    }

    @Override
    public Path log() {
        return leash.log();
    }

    @Override
    public String lastLines(int count) {
        return leash.lastLines(count);
    }

    /** The program and its children, as they are now. */
    public List<ProcessHandle> processes() {
        return ProcessHandle.of(leash.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
    }

    /**
     * Ends it and all its children at once, as a crash does; returns when they are gone, after 5 s at most. Counts as an
     * end that nobody expected.
     */
    public void kill() throws InterruptedException {
        // The leash last, so that somebody collects the program's exit.
        processes().forEach(ProcessHandle::destroyForcibly);
        try {
            leash.exit().get(DEATH.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            leash.kill();
        }
    }

    /** Ends it in order, by force after the grace, and all its children. Returns when it is gone. */
    @Override
    public void close() {
        leash.close();
    }
}
