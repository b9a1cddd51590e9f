package dev.databasetraffic.databases.firestore.junit;

import dev.databasetraffic.databases.firestore.EmulatorException;
import dev.databasetraffic.databases.firestore.EmulatorOptions;
import dev.databasetraffic.databases.firestore.FirestoreChoice;
import dev.databasetraffic.databases.firestore.FirestoreServer;
import java.net.InetSocketAddress;

/** On this machine: the genuine emulator as a child process, whatever {@code FIRESTORE_EMULATOR_HOST} names, or the stand-in. */
record LocalBackend(FirestoreServer server) implements Backend {

    static LocalBackend start(FirestoreChoice choice) throws EmulatorException {
        FirestoreServer server = FirestoreServer.begin(choice, EmulatorOptions.defaults());
        try {
            server.awaitReady();
        } catch (EmulatorException e) {
            server.close();
            throw e;
        }
        if (!server.remark().isEmpty()) {
            System.out.println("For these tests, " + server.remark());
        }
        return new LocalBackend(server);
    }

    @Override
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void clear(String project) throws EmulatorException {
        server.clear(project);
    }

    @Override
    public void close() {
        server.close();
    }
}
