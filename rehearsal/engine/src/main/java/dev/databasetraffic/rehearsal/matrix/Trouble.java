package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.faults.Fault;
import dev.databasetraffic.faults.Wire;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.WireFault;
import java.util.Set;

/** A fault together with what it takes to bring it about in a running system. */
interface Trouble {

    String name();

    /** What the service sees, in a phrase. */
    String seen();

    Set<Connections> connections();

    /** Makes the healthy system ready for it. */
    void prepare();

    /**
     * In force on return.
     *
     * @throws PlaceException if it could not be brought about
     */
    void begin(Connections open) throws PlaceException;

    /**
     * Over on return.
     *
     * @throws PlaceException if the healthy state could not be restored
     */
    void end() throws PlaceException;

    /** One that a relay makes. */
    record OnTheWire(Wire wire, Fault fault) implements Trouble {

        @Override
        public String name() {
            return fault.name();
        }

        @Override
        public String seen() {
            return fault.seen();
        }

        @Override
        public Set<Connections> connections() {
            return fault.connections();
        }

        @Override
        public void prepare() {
            wire.prepare(fault);
        }

        @Override
        public void begin(Connections open) {
            wire.inject(fault, open);
        }

        @Override
        public void end() throws PlaceException {
            WireFault.end(wire, fault);
        }
    }
}
