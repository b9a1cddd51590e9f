package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.faults.Fault;
import dev.databasetraffic.rehearsal.experiment.DatabaseCall;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.WireFault;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import java.util.Set;

/** The database's process is killed, and started again with what it had stored. */
record Crash(LocalPlace place, Database database) implements Trouble {

    static final String NAME = "killed";

    /** Nobody's connection outlives the process at its other end. */
    static final Set<Connections> CONNECTIONS = Set.of(Connections.CUT);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String seen() {
        return "reset, then refused until the process is back";
    }

    @Override
    public Set<Connections> connections() {
        return CONNECTIONS;
    }

    @Override
    public void prepare() {
        place.wire().prepare(refused());
    }

    /** Connections go first: an emulator keeps what is stored just before it is killed, and would lose what comes after. */
    @Override
    public void begin(Connections open) throws PlaceException {
        place.wire().inject(refused(), Connections.CUT);
        DatabaseCall.of("killed", () -> {
            database.kill();
            return database;
        });
    }

    @Override
    public void end() throws PlaceException {
        DatabaseCall.of("started again", () -> {
            database.revive();
            return database;
        });
        WireFault.end(place.wire(), refused());
    }

    private Fault refused() {
        return place.wire().fault("refused");
    }
}
