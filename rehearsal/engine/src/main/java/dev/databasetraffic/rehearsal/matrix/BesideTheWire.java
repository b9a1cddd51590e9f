package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import java.util.Set;

/** Befalls what a client needs apart from the wire, which stays healthy; open connections are cut once it has struck. */
interface BesideTheWire extends Trouble {

    Set<Connections> CONNECTIONS = Set.of(Connections.values());

    LocalPlace place();

    /**
     * In force on return.
     *
     * @throws PlaceException if it could not be brought about
     */
    void strike() throws PlaceException;

    @Override
    default Set<Connections> connections() {
        return CONNECTIONS;
    }

    @Override
    default void prepare() {
        place().wire().prepare();
    }

    @Override
    default void begin(Connections open) throws PlaceException {
        strike();
        if (open == Connections.CUT) {
            place().wire().cut();
        }
    }
}
