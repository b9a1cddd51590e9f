package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.faults.Faults;
import dev.databasetraffic.faults.Wire;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.rehearsal.experiment.StartVariables;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that can be rehearsed: the faults of the wire, and those of what lies at its ends. */
final class Troubles {

    private Troubles() {}

    /** What can become of open connections, by the names of all of {@link #of(LocalPlace)}. */
    static Map<String, Set<Connections>> all() {
        Map<String, Set<Connections>> all = new LinkedHashMap<>();
        Faults.all(ThrowawayAuthority.create(), "any.example", path -> false)
                .forEach(fault -> all.put(fault.name(), fault.connections()));
        all.put(Crash.NAME, Crash.CONNECTIONS);
        List.of(NameForgotten.NAME, TokensCut.REFUSED, TokensCut.SILENT)
                .forEach(name -> all.put(name, BesideTheWire.CONNECTIONS));
        return all;
    }

    /** Those that can befall its service: it must use what they take from it. */
    static List<Trouble> of(LocalPlace place) {
        List<Trouble> troubles = new ArrayList<>(of(place.wire()));
        Database database = place.database();
        if (database != null) {
            troubles.add(new Crash(place, database));
        }
        if (place.uses(StartVariables.HOSTS_FILE)) {
            troubles.add(new NameForgotten(place));
        }
        if (place.uses(StartVariables.GOOGLE_CREDENTIALS)) {
            troubles.add(new TokensCut(place, false));
            troubles.add(new TokensCut(place, true));
        }
        return troubles;
    }

    static List<Trouble> of(Wire wire) {
        return wire.faults().stream()
                .<Trouble>map(fault -> new Trouble.OnTheWire(wire, fault))
                .toList();
    }
}
