package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.faults.Fault;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import java.util.EnumSet;
import java.util.Set;

/** The database's process is killed, and started again with the documents that it had. */
record Crash(LocalPlace place) implements Trouble {

    static final String NAME = "killed";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String seen() {
        return "reset, then refused until the process is back";
    }

    /** Nobody's connection outlives the process at its other end. */
    @Override
    public Set<Connections> connections() {
        return EnumSet.of(Connections.CUT);
    }

    @Override
    public void prepare() {
        place.wire().prepare(refused());
    }

    /** Connections go first: what is acknowledged after the documents were kept would be lost, as by no real database. */
    @Override
    public void begin(Connections open) throws PlaceException {
        place.wire().inject(refused(), Connections.CUT);
        place.crash();
    }

    @Override
    public void end() throws PlaceException {
        place.revive();
        place.wire().remove(refused());
    }

    private Fault refused() {
        return place.wire().fault("refused");
    }
}
