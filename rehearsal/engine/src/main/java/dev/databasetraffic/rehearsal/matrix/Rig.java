package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import dev.databasetraffic.rehearsal.plaingrpc.PlainGrpcPlace;
import java.nio.file.Path;
import java.util.List;

/** A running system, and what can befall it. Closing it ends it. */
record Rig(Place place, List<Trouble> troubles) implements AutoCloseable {

    /**
     * Starts what a client runs in.
     *
     * @throws PlaceException if something does not start; what did is ended again
     */
    static Rig start(Client client, PlaceOptions options, Experiment experiment, Path folder)
            throws PlaceException, InterruptedException {
        if (client.kind() != Client.Kind.SERVICE) {
            PlainGrpcPlace plain = PlainGrpcPlace.open(client.kind() == Client.Kind.GUARDED_GRPC);
            return new Rig(plain, Troubles.of(plain.wire()));
        }
        LocalPlace place = LocalPlace.open(options, experiment, folder, client.variant());
        return new Rig(place, Troubles.of(place));
    }

    @Override
    public void close() throws PlaceException {
        place.close();
    }
}
