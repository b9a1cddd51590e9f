package dev.databasetraffic.kit;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The main class of the JVM between a {@link ChildProgram} and this one: runs the program, ends when that ends, with its
 * exit code, and when it is to end itself, ends the program first, with all its children.
 *
 * <p>Uses nothing but the JDK, for {@link Leash} has nothing else on its class path.
 */
public final class ProgramLeash {

    private static final int NOT_FOUND = 127;

    private ProgramLeash() {}

    /**
     * Runs a program to its end.
     *
     * @param args the signal that ends it in order, such as {@code TERM}; how long that may take, in milliseconds; the
     *     folder in which it runs; the program and its arguments
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        // Before the program starts: no hook can be added any more once the parent is gone.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> started.thenAccept(
                                program -> end(program, args[0], Long.parseLong(args[1])))
                        .exceptionally(failure -> null)
                        .join()));
        try {
            started.complete(new ProcessBuilder(Arrays.asList(args).subList(3, args.length))
                    .directory(new File(args[2]))
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            // A sentence for who reads the log, and what a shell says of a program that is not there.
            System.err.println(e.getMessage());
            started.cancel(false);
            System.exit(NOT_FOUND);
        } finally {
            started.cancel(false);
        }
        started.join().getOutputStream().close();
        System.exit(started.join().waitFor());
    }

    private static void end(Process program, String signal, long graceMillis) {
        List<ProcessHandle> before = program.descendants().toList();
        try {
            if (program.isAlive()) {
                send(signal, program);
                program.waitFor(graceMillis, TimeUnit.MILLISECONDS);
            }
            List<ProcessHandle> after = program.descendants().toList();
            program.destroyForcibly();
            Stream.concat(before.stream(), after.stream()).forEach(ProcessHandle::destroyForcibly);
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
