package dev.databasetraffic.databases;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a database is asked, past the mesh.
 *
 * @param login null for a database that asks for none
 * @param atMost the time that one count may take
 */
public record Source(Address address, @Nullable Login login, Duration atMost) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** One that is given 30 s. */
    public static Source of(Address address, @Nullable Login login) {
        return new Source(address, login, PATIENCE);
    }

    public Source within(Duration newAtMost) {
        return new Source(address, login, newAtMost);
    }
}
