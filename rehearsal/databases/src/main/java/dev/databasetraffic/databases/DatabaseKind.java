package dev.databasetraffic.databases;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** One kind of database. Each is a package, and is found by its entry in {@code META-INF/services}. */
public interface DatabaseKind {

    /** As an experiment's {@code kind} has it: {@code postgresql}. */
    String name();

    /**
     * Starts a real one; returns when it answers.
     *
     * @throws DatabaseException if there is none to start, or it does not answer in time; nothing is left running
     */
    Database start(StartOptions options) throws DatabaseException, InterruptedException;

    /** What its {@code stored} member is read as: a record, one component a setting. */
    Class<? extends ReadBack> readBack();

    /**
     * The one of that name.
     *
     * @throws DatabaseException if there is none, with those that there are
     */
    static DatabaseKind named(String name) throws DatabaseException {
        List<DatabaseKind> all = ServiceLoader.load(DatabaseKind.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return all.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DatabaseException("There is no database of the kind \"" + name + "\"; use "
                        + all.stream().map(DatabaseKind::name).sorted().collect(Collectors.joining(", "))
                        + ". Any other is read back by a command or over http, and is to be started beforehand."));
    }
}
