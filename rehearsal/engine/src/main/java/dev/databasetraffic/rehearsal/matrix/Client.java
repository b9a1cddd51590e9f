package dev.databasetraffic.rehearsal.matrix;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A way of using gRPC that rows are made for. */
public enum Client {
    GUARDED("everything on: deadline, channel guard, and failing fast while the database is away"),
    DEADLINE("a deadline for the whole operation, and nothing else"),
    DEFAULT("the client library's own defaults"),
    DEFAULT_GUARDED("the client library's own defaults, with the guard of its channel dropped in"),
    GRPC("a service of plain grpc-java on a server of its own: one blocking call with a deadline, and nothing else"),
    GRPC_GUARDED("the same service of plain grpc-java, with the guard of its channel dropped in");

    private final String description;

    Client(String description) {
        this.description = description;
    }

    /** The value of {@code --client}; of plants-service's, that of {@code plants.firestore.client} as well. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The ids of all. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Client::id).toList();
    }

    /**
     * The one of that id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Client of(String id) {
        return Arrays.stream(values())
                .filter(client -> client.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no client is called " + id));
    }

    String description() {
        return description;
    }

    /** Whether it is another service than plants-service, on another server than Firestore. */
    boolean isPlainGrpc() {
        return this == GRPC || this == GRPC_GUARDED;
    }

    /** Whether it is back when the fault ends, rather than when a back-off or a library's own retries say so. */
    boolean isBackAtOnce() {
        return this == GUARDED || this == GRPC_GUARDED;
    }
}
