package dev.databasetraffic.kit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The main class of every {@link ChildJvm}: runs another main class, and ends the JVM when its parent is gone.
 *
 * <p>The parent holds the other end of standard input and writes nothing to it but {@link #GOODBYE}. However the parent
 * ends, {@code kill -9} included, the system closes the pipe, and the end of input is what tells this process.
 *
 * <p>Uses nothing but the JDK, for it runs on the class path of strangers.
 */
public final class Leash {

    /** Sent by a parent that ends its child itself, and cleans up itself. */
    static final int GOODBYE = 'q';

    private Leash() {}

    /**
     * Runs the main class that the arguments name.
     *
     * @param args the work folder to delete if the parent dies; the grace in milliseconds that shutdown
     *     hooks get; the main class to run; its arguments
     */
    public static void main(String[] args) throws Throwable {
        Path workFolder = Path.of(args[0]);
        Duration grace = Duration.ofMillis(Long.parseLong(args[1]));
        InputStream parent = System.in;
        System.setIn(InputStream.nullInputStream());
        AtomicBoolean orphaned = new AtomicBoolean();
        Runnable clean = () -> {
            if (orphaned.get()) {
                Folders.delete(workFolder);
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(clean, "leash-clean"));
        daemon("leash", () -> {
            orphaned.set(!saysGoodbye(parent));
            daemon("leash-halt", () -> {
                sleep(grace);
                clean.run();
                Runtime.getRuntime().halt(1);
            });
            System.exit(0);
        });
        try {
            Method main = Class.forName(args[2]).getMethod("main", String[].class);
            // Its class need not be public: `java` does not ask for that either.
            main.setAccessible(true);
            main.invoke(null, (Object) Arrays.copyOfRange(args, 3, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean saysGoodbye(InputStream parent) {
        try {
            return parent.read() == GOODBYE;
        } catch (IOException e) {
            return false;
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
