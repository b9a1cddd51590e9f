package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.Address;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A database that was there before the run. */
final class RunningDatabase {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private RunningDatabase() {}

    /**
     * Says that it is not there before anything is started: a service that misses its database ends with a stack trace of
     * its own, in which the experiment's file is not to be found.
     *
     * @throws PlaceException if nothing listens there
     */
    static void require(String address) throws PlaceException {
        Address where = Address.parse(address);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(where.host(), where.port()), (int) PATIENCE.toMillis());
        } catch (IOException e) {
            throw new PlaceException(
                    "No database is at " + address + " (database.address): " + e.getMessage() + ". Start it, or name"
                            + " another address; or have one started for the run by database.start, e.g. {kind: postgresql}.",
                    e);
        }
    }
}
