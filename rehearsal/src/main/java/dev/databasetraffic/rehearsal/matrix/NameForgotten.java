package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.fault.Connections;
import dev.databasetraffic.rehearsal.fault.Fault;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import java.util.EnumSet;
import java.util.Set;

/** The database's name cannot be resolved; a JVM remembers that for a while, also beyond the outage. */
record NameForgotten(Fault anyOfConnections) implements Trouble {

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public String seen() {
        return "unknown host";
    }

    @Override
    public Set<Connections> connections() {
        return EnumSet.allOf(Connections.class);
    }

    @Override
    public void prepare(LocalPlace place) {
        place.wire().prepare(anyOfConnections);
    }

    @Override
    public void begin(LocalPlace place, Connections open) throws PlaceException {
        place.forgetName();
        if (open == Connections.CUT) {
            place.wire().cut();
        }
    }

    @Override
    public void end(LocalPlace place) throws PlaceException {
        place.recallName();
    }
}
