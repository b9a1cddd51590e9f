package dev.databasetraffic.databases;

import java.util.Map;
import java.util.function.ObjIntConsumer;

/** How a run's writes are found in a database: the settings of an experiment's {@code stored} member. */
public interface ReadBack {

    /**
     * Whether the settings can work at all, as far as can be said without a database.
     *
     * @throws DatabaseException if not, with what is wrong and how it would be right
     */
    void check() throws DatabaseException;

    /**
     * How often each key that begins with the prefix is stored. What is stored once counts 1, a doubled write 2; a key
     * that is not stored is not in the map.
     *
     * @throws DatabaseException if it could not be read completely, in time and without doubt
     */
    Map<String, Integer> count(Source source, String prefix) throws DatabaseException, InterruptedException;

    /**
     * As {@link #count}, for millions of keys.
     *
     * @param found told of keys as they are read, in any order, and how often each is stored; of one that is stored often
     *     perhaps several times, each with a part of it
     * @throws DatabaseException likewise; what was told until then is worth nothing
     */
    default void read(Source source, String prefix, ObjIntConsumer<String> found)
            throws DatabaseException, InterruptedException {
        count(source, prefix).forEach(found::accept);
    }
}
