package dev.databasetraffic.databases.firestore;

import dev.databasetraffic.databases.Address;
import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import java.util.function.Consumer;

/** A Firestore of this machine, with one project that it is used for. */
record FirestoreDatabase(FirestoreServer server, String project) implements Database {

    @Override
    public Address address() {
        return new Address(server.host(), server.port());
    }

    /** The emulator asks nobody who he is; the project is what its documents are kept in. */
    @Override
    public Login login() {
        return new Login("", "", project);
    }

    @Override
    public String description() {
        return server.description();
    }

    @Override
    public String reason() {
        return server.remark();
    }

    @Override
    public String remark() {
        return server.remark();
    }

    @Override
    public void awaitReady() throws DatabaseException {
        try {
            server.awaitReady();
        } catch (EmulatorException e) {
            throw new DatabaseException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void onUnexpectedEnd(Consumer<String> listener) {
        server.onUnexpectedEnd(listener);
    }

    @Override
    public void kill() throws DatabaseException {
        try {
            server.crash(project);
        } catch (EmulatorException e) {
            throw new DatabaseException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void revive() throws DatabaseException {
        try {
            server.revive();
        } catch (EmulatorException e) {
            throw new DatabaseException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
