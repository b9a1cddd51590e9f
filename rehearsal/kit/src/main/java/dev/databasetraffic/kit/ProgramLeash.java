package dev.databasetraffic.kit;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The main class of the JVM between a {@link ChildProgram} and this one: runs the program, ends when that ends, with its
 * exit code, and when it is to end itself, ends the program first, with all its children.
 *
 * <p>Uses nothing but the JDK, for {@link Leash} has nothing else on its class path.
 */
public final class ProgramLeash {

    /** What a JVM takes for arguments of its own. */
    static final List<String> JVM_VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** Stands before the name of such a variable that is the program's. */
    static final String FOR_THE_PROGRAM = "LEASHED_";

    private static final int NOT_FOUND = 127;

    /** How often children are looked for. Those of a program that has ended are nobody's any more, and not found then. */
    private static final long LOOK_MILLIS = 1000;

    private ProgramLeash() {}

    /**
     * Runs a program to its end.
     *
     * @param args the signal that ends it in order, such as {@code TERM}; how long that may take, in milliseconds; the
     *     folder in which it runs; the program and its arguments
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        Set<ProcessHandle> children = ConcurrentHashMap.newKeySet();
        // Before the program starts: no hook can be added any more once the parent is gone.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> started.thenAccept(
                                program -> end(program, children, args[0], Long.parseLong(args[1])))
                        .exceptionally(failure -> null)
                        .join()));
        try {
            ProcessBuilder builder = new ProcessBuilder(Arrays.asList(args).subList(3, args.length))
                    .directory(new File(args[2]))
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            for (String name : JVM_VARIABLES) {
                String value = builder.environment().remove(FOR_THE_PROGRAM + name);
                if (value != null) {
                    builder.environment().put(name, value);
                }
            }
            started.complete(builder.start());
        } catch (IOException e) {
            // A sentence for who reads the log, and what a shell says of a program that is not there.
            System.err.println(e.getMessage());
            started.cancel(false);
            System.exit(NOT_FOUND);
        } finally {
            started.cancel(false);
        }
        Process program = started.join();
        program.getOutputStream().close();
        while (!program.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            children.removeIf(child -> !child.isAlive());
            program.descendants().forEach(children::add);
        }
        System.exit(program.exitValue());
    }

    /** @param children that were seen, of which some may have ended */
    private static void end(Process program, Set<ProcessHandle> children, String signal, long graceMillis) {
        program.descendants().forEach(children::add);
        try {
            if (program.isAlive()) {
                send(signal, program);
                program.waitFor(graceMillis, TimeUnit.MILLISECONDS);
            }
            program.descendants().forEach(children::add);
            program.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            program.waitFor(graceMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The JDK sends no signal but TERM and KILL, and PostgreSQL waits for its clients on TERM. */
    private static void send(String signal, Process program) throws InterruptedException {
        try {
            new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", signal, String.valueOf(program.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            program.destroy();
        }
    }
}
