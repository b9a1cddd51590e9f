package dev.databasetraffic.databases.firestore;

import dev.databasetraffic.kit.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The genuine emulator, whose process may die and come back on the same port with the same documents. */
final class GenuineServer implements FirestoreServer {

    private final EmulatorOptions options;

    private FirestoreEmulator emulator;
    private boolean crashed;
    private @Nullable Path kept;
    private Consumer<String> listener = sentence -> {};

    /** Of the process that runs now: word of an end may come when the next process runs already. */
    private volatile AtomicBoolean endExpected = new AtomicBoolean();

    private GenuineServer(EmulatorOptions options, FirestoreEmulator emulator) {
        this.options = options;
        this.emulator = emulator;
    }

    static GenuineServer begin(EmulatorOptions options) throws EmulatorException {
        return new GenuineServer(options, FirestoreEmulator.begin(options));
    }

    @Override
    public String host() {
        return emulator.host();
    }

    @Override
    public int port() {
        return emulator.port();
    }

    @Override
    public String description() {
        return "Firestore emulator";
    }

    @Override
    public String remark() {
        return "";
    }

    @Override
    public void awaitReady() throws EmulatorException {
        emulator.awaitReady();
        AtomicBoolean expected = new AtomicBoolean();
        endExpected = expected;
        emulator.onUnexpectedEnd(sentence -> {
            if (!expected.get()) {
                listener.accept(sentence);
            }
        });
    }

    @Override
    public void onUnexpectedEnd(Consumer<String> newListener) {
        listener = newListener;
    }

    @Override
    public void clear(String project) throws EmulatorException {
        emulator.clear(project);
    }

    @Override
    public synchronized void crash(String project) throws EmulatorException {
        ChildJvm jvm = emulator.jvm();
        if (jvm == null) {
            throw new EmulatorException(
                    "The emulator at " + emulator.uri() + " was started by somebody else, and is not"
                            + " ours to kill. Unset FIRESTORE_EMULATOR_HOST to have one started.");
        }
        Path folder = options.workFolder();
        try {
            Path exports = folder == null
                    ? Files.createTempDirectory("export-")
                    : Files.createTempDirectory(folder, "export-");
            kept = emulator.export(project, exports);
        } catch (IOException e) {
            throw new EmulatorException("The emulator's documents could not be kept: " + e.getMessage(), e);
        }
        crashed = true;
        endExpected.set(true);
        jvm.kill();
        jvm.exit().join();
    }

    @Override
    public synchronized void revive() throws EmulatorException {
        if (!crashed) {
            return;
        }
        emulator = FirestoreEmulator.begin(options.withPort(emulator.port()).withSeed(kept));
        crashed = false;
        awaitReady();
    }

    @Override
    public synchronized void close() {
        emulator.close();
    }
}
