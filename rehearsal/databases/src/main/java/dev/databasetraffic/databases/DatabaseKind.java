package dev.databasetraffic.databases;

import java.util.List;

/** One kind of database that can be started. Each is a package. */
public interface DatabaseKind extends ReadBackKind {

    /**
     * Starts a real one; returns when it answers.
     *
     * @throws DatabaseException if there is none to start, or it does not answer in time; nothing is left running
     */
    Database start(StartOptions options) throws DatabaseException, InterruptedException;

    /**
     * The one of that name.
     *
     * @throws DatabaseException if there is none, with those that there are
     */
    static DatabaseKind named(String name) throws DatabaseException {
        List<DatabaseKind> all = ReadBackKind.all().stream()
                .filter(DatabaseKind.class::isInstance)
                .map(DatabaseKind.class::cast)
                .toList();
        return ReadBackKind.named(
                name,
                all,
                "There is no database of the kind \"" + name + "\"; use %s."
                        + " Any other is read back by a command or over http, and is to be started beforehand.");
    }
}
