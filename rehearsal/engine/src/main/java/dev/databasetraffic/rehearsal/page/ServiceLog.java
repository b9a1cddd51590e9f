package dev.databasetraffic.rehearsal.page;

import java.io.IOException;
import java.util.List;

/** A log that is followed. */
public interface ServiceLog extends AutoCloseable {

    /**
     * The complete lines since the last call; at the first one, the last few that were there already. Does not wait.
     *
     * @throws IOException if it cannot be read
     */
    List<String> read() throws IOException;

    @Override
    default void close() {}
}
