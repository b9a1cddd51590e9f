package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.local.LocalPlace;

/** The database's name cannot be resolved; a JVM remembers that for a while, also beyond the outage. */
record NameForgotten(LocalPlace place) implements BesideTheWire {

    static final String NAME = "dns";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String seen() {
        return "unknown host";
    }

    @Override
    public void strike() throws PlaceException {
        place.forgetName();
    }

    @Override
    public void end() throws PlaceException {
        place.recallName();
    }
}
