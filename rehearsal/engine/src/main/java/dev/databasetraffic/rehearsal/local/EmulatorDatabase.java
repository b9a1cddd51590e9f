package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.firestore.EmulatorException;
import dev.databasetraffic.databases.firestore.EmulatorOptions;
import dev.databasetraffic.databases.firestore.FirestoreEmulator;
import dev.databasetraffic.kit.ChildJvm;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The emulator, which may die and come back on the same port with the same documents. */
final class EmulatorDatabase implements AutoCloseable {

    /** The Google Cloud project that the service writes to. */
    static final String PROJECT = "rehearsal";

    private final EmulatorOptions options;
    private final Path folder;
    private final Consumer<String> trouble;

    private FirestoreEmulator emulator;
    private boolean crashed;

    /** Of the process that runs now: word of an end may come when the next process runs already. */
    private volatile AtomicBoolean endExpected = new AtomicBoolean();

    private @Nullable Path seed;

    private EmulatorDatabase(
            EmulatorOptions options, Path folder, Consumer<String> trouble, FirestoreEmulator emulator) {
        this.options = options;
        this.folder = folder;
        this.trouble = trouble;
        this.emulator = emulator;
    }

    /**
     * Returns when the emulator's address is known, and before it answers.
     *
     * @param trouble told in a sentence if the emulator ends by itself
     */
    static EmulatorDatabase begin(RunFolder folder, Path logs, Consumer<String> trouble) throws PlaceException {
        EmulatorOptions options =
                EmulatorOptions.defaults().withWorkFolder(folder.path()).withLogFolder(logs);
        try {
            return new EmulatorDatabase(options, folder.path(), trouble, FirestoreEmulator.begin(options));
        } catch (EmulatorException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
    }

    void awaitReady() throws PlaceException {
        try {
            emulator.awaitReady();
        } catch (EmulatorException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
        AtomicBoolean expected = new AtomicBoolean();
        endExpected = expected;
        emulator.onUnexpectedEnd(sentence -> {
            if (!expected.get()) {
                trouble.accept(sentence);
            }
        });
    }

    InetSocketAddress address() {
        return new InetSocketAddress(emulator.host(), emulator.port());
    }

    URI uri() {
        return emulator.uri();
    }

    /** Keeps what is stored, then kills the process; nobody is told that it ended. */
    synchronized void crash() throws PlaceException {
        ChildJvm jvm = emulator.jvm();
        if (jvm == null) {
            throw new PlaceException("The emulator at " + emulator.uri() + " was started by somebody else, and is not"
                    + " ours to kill. Unset FIRESTORE_EMULATOR_HOST to have one started.");
        }
        try {
            seed = emulator.export(PROJECT, Files.createTempDirectory(folder, "export-"));
        } catch (IOException e) {
            throw new PlaceException("The emulator's documents could not be kept: " + e.getMessage(), e);
        }
        crashed = true;
        endExpected.set(true);
        jvm.kill();
        jvm.exit().join();
    }

    /** Starts the process with what was stored, on the same port; returns when it answers. Does nothing if it runs. */
    synchronized void revive() throws PlaceException {
        if (!crashed) {
            return;
        }
        try {
            emulator = FirestoreEmulator.begin(options.withPort(emulator.port()).withSeed(seed));
        } catch (EmulatorException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
        crashed = false;
        awaitReady();
    }

    @Override
    public synchronized void close() {
        emulator.close();
    }
}
