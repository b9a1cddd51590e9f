package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.faults.Connections;
import java.util.Set;

/** A trouble that does nothing. */
record NamedTrouble(String name) implements Trouble {

    @Override
    public String seen() {
        return "nothing";
    }

    @Override
    public Set<Connections> connections() {
        return Set.of(Connections.CUT);
    }

    @Override
    public void prepare() {}

    @Override
    public void begin(Connections open) {}

    @Override
    public void end() {}
}
