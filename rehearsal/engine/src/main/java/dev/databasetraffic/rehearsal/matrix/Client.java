package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way of using a database that rows are made for: the experiment's service with some settings, or a service of plain
 * gRPC that comes with the suite.
 *
 * @param id the value of {@code --client}
 * @param variant the service's settings; null for it as it is, or for another service
 * @param recovery how long a row waits for it to be back; null for as long as a client's own back-off takes
 */
public record Client(
        String id,
        String description,
        Kind kind,
        Experiment.@Nullable Variant variant,
        @Nullable Duration recovery) {

    private static final Duration AT_ONCE = Duration.ofSeconds(4);
    private static final String GRPC = "grpc";
    private static final String GUARDED_GRPC = "grpc-guarded";

    /** Which service it is. */
    public enum Kind {
        /** The experiment's. */
        SERVICE,
        /** One of plain grpc-java, on a server of its own. */
        PLAIN_GRPC,
        /** The same with a guard of its channel. */
        GUARDED_GRPC
    }

    /**
     * All that an experiment allows, the service's first.
     *
     * @throws ExperimentException if it calls one as another is called that every matrix has
     */
    public static List<Client> of(Experiment experiment) throws ExperimentException {
        List<Client> clients = new ArrayList<>();
        experiment
                .variantsOrEmpty()
                .forEach((id, variant) ->
                        clients.add(new Client(id, variant.description(), Kind.SERVICE, variant, variant.recovery())));
        if (clients.isEmpty()) {
            clients.add(new Client(
                    experiment.service().name(), "the service as the experiment starts it", Kind.SERVICE, null, null));
        }
        for (Client client : clients) {
            if (List.of(GRPC, GUARDED_GRPC).contains(client.id())) {
                throw new ExperimentException("The matrix has a client " + client.id()
                        + " of its own: give the service's variants, or the service itself where it has none, another"
                        + " name.");
            }
        }
        clients.add(new Client(
                GRPC,
                "a service of plain grpc-java on a server of its own: one blocking call with a deadline, and nothing else",
                Kind.PLAIN_GRPC,
                null,
                null));
        clients.add(new Client(
                GUARDED_GRPC,
                "the same service of plain grpc-java, with the guard of its channel dropped in",
                Kind.GUARDED_GRPC,
                null,
                AT_ONCE));
        return clients;
    }
}
