package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import dev.databasetraffic.rehearsal.plaingrpc.PlainGrpcPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A running system, and what can befall it. Closing it ends it. */
record Rig(Place place, List<Trouble> troubles) implements AutoCloseable {

    /**
     * Starts what a client runs in.
     *
     * @throws PlaceException if something does not start; what did is ended again
     */
    static Rig start(Client client, PlaceOptions options) throws PlaceException, InterruptedException {
        if (client.isPlainGrpc()) {
            PlainGrpcPlace plain = PlainGrpcPlace.open(client == Client.GRPC_GUARDED);
            return new Rig(plain, Troubles.of(plain.wire()));
        }
        LocalPlace place = LocalPlace.openForFaults(with(options, client));
        return new Rig(place, Troubles.of(place));
    }

    private static PlaceOptions with(PlaceOptions options, Client client) {
        Map<String, String> properties = new LinkedHashMap<>(options.serviceProperties());
        properties.put("plants.firestore.client", client.id());
        properties.put("plants.writer.enabled", "false");
        return options.withServiceProperties(properties);
    }

    @Override
    public void close() throws PlaceException {
        place.close();
    }
}
