package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A system on this machine whose outage is a fault of the wire in place of a rule of the mesh. */
public final class WireOutage {

    private WireOutage() {}

    /**
     * Looks whether there is such a fault, before anything is started for it.
     *
     * @param fault of the wire
     * @param file where it is told of
     * @throws ExperimentException if there is none, or it leaves open connections no such choice
     */
    public static void check(Experiment.Fault fault, Path file) throws ExperimentException {
        Map<String, Set<Connections>> all = Troubles.all();
        Set<Connections> possible = all.get(fault.wire());
        if (possible == null) {
            throw new ExperimentException("fault.wire in " + file + ": there is no " + fault.wire() + "; give one of "
                    + String.join(", ", all.keySet()));
        }
        if (fault.connections() != null && !possible.contains(fault.connections())) {
            throw new ExperimentException("fault.connections in " + file + ": with " + fault.wire()
                    + " they cannot be " + fault.connections().text() + "; give "
                    + possible.stream().map(Connections::text).collect(Collectors.joining(" or ")));
        }
    }

    /**
     * The same place with that outage; closing it closes the place.
     *
     * @param fault that was {@linkplain #check checked}
     * @throws PlaceException if it needs what the service does not speak; the place is closed then
     */
    public static Place in(LocalPlace place, Experiment.Fault fault) throws PlaceException {
        List<Trouble> troubles = Troubles.of(place);
        for (Trouble trouble : troubles) {
            if (trouble.name().equals(fault.wire())) {
                trouble.prepare();
                Connections open = fault.connections();
                return new TroublePlace(
                        place, trouble, open == null ? usual(trouble.connections()) : open, event -> {}, place);
            }
        }
        place.close();
        String known = troubles.stream().map(Trouble::name).collect(Collectors.joining(", "));
        throw new PlaceException("fault.wire: " + fault.wire()
                + " needs what this service does not speak or use here: gRPC over TLS (database.tls and grpcWrites), TLS,"
                + " ${hosts.file} or ${google.credentials}. Possible are " + known + ".");
    }

    private static Connections usual(Set<Connections> possible) {
        return possible.contains(Connections.CUT)
                ? Connections.CUT
                : possible.iterator().next();
    }
}
