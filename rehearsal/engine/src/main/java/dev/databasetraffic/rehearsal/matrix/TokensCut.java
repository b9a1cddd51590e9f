package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import java.io.IOException;

/** The database is well, and the endpoint that gives out the tokens to use it is not. */
record TokensCut(LocalPlace place, boolean silent) implements BesideTheWire {

    static final String REFUSED = "token-refused";
    static final String SILENT = "token-silent";

    @Override
    public String name() {
        return silent ? SILENT : REFUSED;
    }

    @Override
    public String seen() {
        return silent ? "no answer from the token endpoint" : "connection refused by the token endpoint";
    }

    @Override
    public void strike() {
        if (silent) {
            place.tokens().fallSilent();
        } else {
            place.tokens().refuse();
        }
    }

    @Override
    public void end() throws PlaceException {
        try {
            place.tokens().recover();
        } catch (IOException e) {
            throw new PlaceException(name() + " could not be ended: " + e.getMessage() + ".", e);
        }
    }
}
