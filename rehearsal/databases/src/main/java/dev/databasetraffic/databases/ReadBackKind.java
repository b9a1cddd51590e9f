package dev.databasetraffic.databases;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** One way of reading back. Each is found by its entry in {@code META-INF/services}. */
public interface ReadBackKind {

    /** As an experiment's {@code kind} has it: {@code postgresql}, {@code http}. */
    String name();

    /** What its {@code stored} member is read as: a record, one component a setting. */
    Class<? extends ReadBack> readBack();

    /**
     * The one of that name.
     *
     * @throws DatabaseException if there is none, with those that there are
     */
    static ReadBackKind named(String name) throws DatabaseException {
        return named(name, all(), "There is no way to read back of the kind \"" + name + "\"; use %s.");
    }

    /** All there are, those of databases included. */
    static List<ReadBackKind> all() {
        return ServiceLoader.load(ReadBackKind.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /**
     * The one of that name among some.
     *
     * @param refusal with {@code %s} for the names of all
     */
    static <T extends ReadBackKind> T named(String name, List<T> kinds, String refusal) throws DatabaseException {
        return kinds.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DatabaseException(refusal.replace(
                        "%s", kinds.stream().map(ReadBackKind::name).sorted().collect(Collectors.joining(", ")))));
    }
}
