package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.rehearsal.local.LocalPlace;

/** The database is well, and the endpoint that gives out the tokens to use it is not. */
record TokensCut(boolean silent) implements BesideTheWire {

    @Override
    public String name() {
        return silent ? "token-silent" : "token-refused";
    }

    @Override
    public String seen() {
        return silent ? "no answer from the token endpoint" : "connection refused by the token endpoint";
    }

    @Override
    public void strike(LocalPlace place) {
        if (silent) {
            place.tokens().fallSilent();
        } else {
            place.tokens().refuse();
        }
    }

    @Override
    public void end(LocalPlace place) {
        place.tokens().recover();
    }
}
