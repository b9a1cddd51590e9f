package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.local.LocalPlace;

/** The database's name cannot be resolved; a JVM remembers that for a while, also beyond the outage. */
record NameForgotten() implements BesideTheWire {

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public String seen() {
        return "unknown host";
    }

    @Override
    public void strike(LocalPlace place) throws PlaceException {
        place.forgetName();
    }

    @Override
    public void end(LocalPlace place) throws PlaceException {
        place.recallName();
    }
}
