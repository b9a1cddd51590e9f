package dev.databasetraffic.rehearsal.experiment;

import dev.databasetraffic.faults.Fault;
import dev.databasetraffic.faults.Wire;
import java.io.IOException;

/** What a place asks of its wire; what stands in the way becomes the place's. */
public final class WireFault {

    private WireFault() {}

    /**
     * Returns when the fault is over.
     *
     * @throws PlaceException if it is not, in words for who rehearses
     */
    public static void end(Wire wire, Fault fault) throws PlaceException {
        try {
            wire.remove(fault);
        } catch (IOException e) {
            throw new PlaceException(fault.name() + " could not be ended: the wire " + e.getMessage() + ".", e);
        }
    }
}
