package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A system on this machine whose outage is a fault of the wire in place of a rule of the mesh. */
public final class WireOutage {

    private WireOutage() {}

    /**
     * The same place with that outage; closing it closes the place.
     *
     * @throws PlaceException if there is no such fault, or it needs what the service does not speak; the place is closed then
     */
    public static Place in(LocalPlace place, Experiment.Fault fault) throws PlaceException {
        List<Trouble> troubles = Troubles.of(place);
        for (Trouble trouble : troubles) {
            if (trouble.name().equals(fault.wire())) {
                Connections open = fault.connections();
                if (open != null && !trouble.connections().contains(open)) {
                    place.close();
                    throw new PlaceException("fault.connections: of " + fault.wire() + " open connections are "
                            + name(trouble.connections().iterator().next()) + ", and cannot be " + name(open) + ".");
                }
                trouble.prepare();
                return new TroublePlace(
                        place, trouble, open == null ? usual(trouble.connections()) : open, event -> {}, place);
            }
        }
        place.close();
        String known = troubles.stream().map(Trouble::name).collect(Collectors.joining(", "));
        throw new PlaceException(
                Troubles.names().contains(fault.wire())
                        ? "fault.wire: " + fault.wire()
                                + " needs what this service does not speak or use here: gRPC over"
                                + " TLS (database.tls and grpcWrites), TLS, ${hosts.file} or ${google.credentials}. Possible are "
                                + known + "."
                        : "fault.wire: there is no " + fault.wire() + "; give one of " + known + ".");
    }

    private static Connections usual(Set<Connections> possible) {
        return possible.contains(Connections.CUT)
                ? Connections.CUT
                : possible.iterator().next();
    }

    private static String name(Connections connections) {
        return connections.name().toLowerCase(Locale.ROOT);
    }
}
