package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.faults.Fault;
import dev.databasetraffic.faults.Faults;
import dev.databasetraffic.faults.Wire;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import java.util.List;
import java.util.stream.Stream;

/** All that can be rehearsed: the faults of the wire, and those of what lies at its ends. */
final class Troubles {

    private Troubles() {}

    /** The names of all of {@link #of(LocalPlace)}. */
    static List<String> names() {
        return Stream.concat(
                        Faults.all(ThrowawayAuthority.create(), "any.example", path -> false).stream()
                                .map(Fault::name),
                        Stream.of(Crash.NAME, NameForgotten.NAME, TokensCut.REFUSED, TokensCut.SILENT))
                .toList();
    }

    static List<Trouble> of(LocalPlace place) {
        return Stream.concat(
                        of(place.wire()).stream(),
                        Stream.of(
                                new Crash(place),
                                new NameForgotten(place),
                                new TokensCut(place, false),
                                new TokensCut(place, true)))
                .toList();
    }

    static List<Trouble> of(Wire wire) {
        return wire.faults().stream()
                .<Trouble>map(fault -> new Trouble.OnTheWire(wire, fault))
                .toList();
    }
}
