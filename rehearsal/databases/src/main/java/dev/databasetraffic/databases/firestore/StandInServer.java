package dev.databasetraffic.databases.firestore;

import dev.databasetraffic.embedded.EmbeddedFirestore;
import dev.databasetraffic.embedded.EmbeddedFirestoreOptions;
import java.io.IOException;
import java.util.function.Consumer;

/** The embedded stand-in, in this JVM. */
final class StandInServer implements FirestoreServer {

    private final EmbeddedFirestore embedded;
    private final String why;
    private boolean crashed;

    private StandInServer(EmbeddedFirestore embedded, String why) {
        this.embedded = embedded;
        this.why = why;
    }

    /** @param why it and not the genuine one, in a sentence */
    static StandInServer start(EmulatorOptions options, String why) throws EmulatorException {
        try {
            return new StandInServer(
                    EmbeddedFirestore.start(EmbeddedFirestoreOptions.defaults().withPort(options.port())), why);
        } catch (IOException e) {
            throw new EmulatorException(
                    "The embedded Firestore stand-in could not listen on port " + options.port() + ": " + e.getMessage()
                            + ".",
                    e);
        }
    }

    @Override
    public String host() {
        return embedded.host();
    }

    @Override
    public int port() {
        return embedded.port();
    }

    @Override
    public String description() {
        return "embedded Firestore, a stand-in for the emulator";
    }

    @Override
    public String remark() {
        return "the database is the embedded Firestore, a stand-in for the genuine emulator: " + why;
    }

    @Override
    public void awaitReady() {
        // It answered before it was returned.
    }

    @Override
    public void onUnexpectedEnd(Consumer<String> listener) {
        // It ends with this JVM.
    }

    @Override
    public void clear(String project) {
        embedded.clear(project);
    }

    @Override
    public synchronized void crash(String project) {
        embedded.crash();
        crashed = true;
    }

    @Override
    public synchronized void revive() throws EmulatorException {
        if (!crashed) {
            return;
        }
        try {
            embedded.revive();
        } catch (IOException e) {
            throw new EmulatorException(
                    "The embedded Firestore stand-in could not listen on port " + port() + " again: " + e.getMessage()
                            + ".",
                    e);
        }
        crashed = false;
    }

    @Override
    public void close() {
        embedded.close();
    }
}
