package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.rehearsal.fault.Connections;
import dev.databasetraffic.rehearsal.fault.Fault;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import java.util.EnumSet;
import java.util.Set;

/** The database is well, and the endpoint that gives out the tokens to use it is not. */
record TokensCut(Fault anyOfConnections, boolean silent) implements Trouble {

    @Override
    public String name() {
        return silent ? "token-silent" : "token-refused";
    }

    @Override
    public String seen() {
        return silent ? "no answer from the token endpoint" : "connection refused by the token endpoint";
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
    public void begin(LocalPlace place, Connections open) {
        if (silent) {
            place.tokens().fallSilent();
        } else {
            place.tokens().refuse();
        }
        if (open == Connections.CUT) {
            place.wire().cut();
        }
    }

    @Override
    public void end(LocalPlace place) {
        place.tokens().recover();
    }
}
