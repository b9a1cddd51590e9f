package dev.databasetraffic.databases.firestore;

import dev.databasetraffic.kit.ChildJvm;
import dev.databasetraffic.kit.Folders;
import dev.databasetraffic.kit.JvmLaunch;
import dev.databasetraffic.kit.LoopbackPorts;
import dev.databasetraffic.kit.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The genuine Firestore emulator, gRPC and REST in plain text on one port. */
public final class FirestoreEmulator implements AutoCloseable {

    private static final String MAIN_CLASS = "com.google.cloud.datastore.emulator.firestore.CloudFirestore";
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration ATTACH_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final int BIND_ATTEMPTS = 3;

    /** Enough to hold the cause above a stack trace's frames. */
    private static final int QUOTED_LINES = 30;

    private final String host;
    private final int port;
    private final @Nullable ChildJvm jvm;
    private final @Nullable Path ownFolder;
    private final Duration startTimeout;

    private FirestoreEmulator(
            String host, int port, @Nullable ChildJvm jvm, @Nullable Path ownFolder, Duration startTimeout) {
        this.host = host;
        this.port = port;
        this.jvm = jvm;
        this.ownFolder = ownFolder;
        this.startTimeout = startTimeout;
    }

    /**
     * Returns when the emulator answers. An emulator that somebody else runs is used as it is, and is left running.
     *
     * @throws EmulatorException if none can be found or started; the message says what to do
     */
    public static FirestoreEmulator start(EmulatorOptions options) throws EmulatorException {
        for (int attempt = 1; ; attempt++) {
            FirestoreEmulator emulator = begin(options);
            try {
                emulator.awaitReady();
                return emulator;
            } catch (EmulatorException e) {
                boolean portWasTaken = emulator.quotedLog().contains("BindException");
                emulator.close();
                if (options.port() != 0 || !portWasTaken || attempt == BIND_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Returns as soon as its address is known, for those who have other things to start meanwhile; it is to be used after
     * {@link #awaitReady()}.
     *
     * @throws EmulatorException if none can be found or started; the message says what to do
     */
    public static FirestoreEmulator begin(EmulatorOptions options) throws EmulatorException {
        EmulatorLocator.Location location = new EmulatorLocator(options.environment(), options.progress()).locate();
        if (location instanceof EmulatorLocator.Location.Running running) {
            return new FirestoreEmulator(running.host(), running.port(), null, null, ATTACH_TIMEOUT);
        }
        Path jar = ((EmulatorLocator.Location.Jar) location).path();
        return spawn(EmulatorJava.forJar(jar, MAIN_CLASS, options.environment()), jar, options);
    }

    /**
     * Uses an emulator that somebody else runs, a container for example.
     *
     * @throws EmulatorException if none answers there
     */
    public static FirestoreEmulator at(String host, int port) throws EmulatorException {
        FirestoreEmulator emulator = new FirestoreEmulator(host, port, null, null, ATTACH_TIMEOUT);
        emulator.awaitReady();
        return emulator;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** Base of its REST interface. */
    public URI uri() {
        return URI.create("http://" + host + ":" + port);
    }

    /** The process, or null if somebody else runs it. */
    public @Nullable ChildJvm jvm() {
        return jvm;
    }

    /**
     * Deletes every document of the project's default database. Their memory is not freed: restart it between load runs.
     *
     * @throws EmulatorException if it does not answer, or refuses
     */
    public void clear(String project) throws EmulatorException {
        commands().clear(project);
    }

    /**
     * Writes every document of the project's default database to a folder.
     *
     * @param folder an existing one; holds no other export
     * @return what {@link EmulatorOptions#withSeed} takes
     * @throws EmulatorException if it does not answer, or refuses
     */
    public Path export(String project, Path folder) throws EmulatorException {
        return commands().export(project, folder);
    }

    private EmulatorCommands commands() {
        return new EmulatorCommands(uri(), this::quotedLog);
    }

    /** Calls the listener with a sentence if the emulator ends before {@link #close} is called. */
    public void onUnexpectedEnd(Consumer<String> listener) {
        if (jvm != null) {
            jvm.onUnexpectedEnd(code -> listener.accept(
                    "The Firestore emulator ended by itself with exit code " + code + "." + quotedLog()));
        }
    }

    @Override
    public void close() {
        if (jvm != null) {
            jvm.close();
        }
        if (ownFolder != null) {
            Folders.delete(ownFolder);
        }
    }

    private static FirestoreEmulator spawn(Path java, Path jar, EmulatorOptions options) throws EmulatorException {
        Path given = options.workFolder();
        try {
            Path folder = given != null ? given : Files.createTempDirectory("firestore-emulator-");
            // Port 0 works, but the emulator then doesn't tell which one it took.
            int port = options.port() != 0 ? options.port() : LoopbackPorts.free();
            // Its error messages are to be the English ones of production.
            List<String> jvmArguments = new ArrayList<>(List.of("-Duser.language=en", "-Xmx" + options.maxHeap()));
            jvmArguments.addAll(options.jvmArguments());
            ChildJvm jvm = JvmLaunch.named("emulator")
                    .java(java)
                    .classPath(jar)
                    .jvmArguments(jvmArguments)
                    .main(MAIN_CLASS, arguments(port, options.seed()))
                    .workFolder(folder)
                    .logFolder(options.logFolder())
                    .start();
            return new FirestoreEmulator(LOOPBACK, port, jvm, given != null ? null : folder, options.startTimeout());
        } catch (IOException e) {
            throw new EmulatorException(
                    "The Firestore emulator could not be started: " + e.getMessage() + ". It needs " + java
                            + " and a folder to write to, "
                            + (given != null ? given : System.getProperty("java.io.tmpdir")) + ".",
                    e);
        }
    }

    /**
     * Returns when it answers.
     *
     * @throws EmulatorException if it ends instead, or takes longer than the options allow; it is still to be closed then
     */
    public void awaitReady() throws EmulatorException {
        try {
            if (!Readiness.await(startTimeout, POLL_INTERVAL, this::answersOrMay)) {
                throw new EmulatorException(
                        jvm == null
                                ? "No Firestore emulator answers at " + host + ":" + port
                                        + ". Start one there, or unset "
                                        + EmulatorLocator.HOST_VARIABLE
                                        + ", if that is where the address comes from, to have "
                                        + "one started."
                                : "The Firestore emulator did not answer on port " + port + " within "
                                        + startTimeout.toSeconds() + " s of its start." + quotedLog());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmulatorException("Interrupted while the Firestore emulator started.", e);
        }
    }

    private boolean answersOrMay() throws EmulatorException, InterruptedException {
        boolean answers = Readiness.answers(uri().resolve("/"));
        if (!answers && jvm != null && !jvm.isAlive()) {
            throw new EmulatorException("The Firestore emulator ended while it started, with exit code "
                    + jvm.exit().join() + "; is the port " + port + " in use?" + quotedLog());
        }
        return answers;
    }

    private static List<String> arguments(int port, @Nullable Path seed) {
        List<String> arguments = new ArrayList<>(List.of("--host=" + LOOPBACK, "--port=" + port));
        if (seed != null) {
            arguments.add("--seed_from_export=" + seed.toAbsolutePath());
        }
        return arguments;
    }

    private String quotedLog() {
        return jvm == null ? "" : " Its last words:" + System.lineSeparator() + jvm.lastLines(QUOTED_LINES);
    }
}
