package dev.databasetraffic.databases.firestore.junit;

import dev.databasetraffic.databases.firestore.EmulatorException;
import dev.databasetraffic.databases.firestore.EmulatorOptions;
import dev.databasetraffic.databases.firestore.FirestoreEmulator;
import java.net.InetSocketAddress;

/** A child process of the tests' JVM, or whatever {@code FIRESTORE_EMULATOR_HOST} names. */
record ChildJvmBackend(FirestoreEmulator emulator) implements Backend {

    static ChildJvmBackend start() throws EmulatorException {
        return new ChildJvmBackend(FirestoreEmulator.start(EmulatorOptions.defaults()));
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(emulator.host(), emulator.port());
    }

    @Override
    public void clear(String project) throws EmulatorException {
        emulator.clear(project);
    }

    @Override
    public void close() {
        emulator.close();
    }
}
