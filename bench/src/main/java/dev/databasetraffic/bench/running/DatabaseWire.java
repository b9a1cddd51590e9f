package dev.databasetraffic.bench.running;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The way from a service to its database. */
@FunctionalInterface
public interface DatabaseWire {

    Hop open(BenchDatabase database) throws IOException;

    static DatabaseWire direct() {
        return database -> new Hop() {
            @Override
            public String endpoint() {
                return database.endpoint();
            }

            @Override
            public void close() {}
        };
    }

    /**
     * Through what stands in for the sidecar.
     *
     * @param manifests the folder {@code istio}
     */
    static DatabaseWire throughSidecar(Path manifests) {
        return database -> RouterHop.start(manifests, database);
    }

    /** As {@link #direct}, and {@code roundTrip} longer. */
    static DatabaseWire delayed(Duration roundTrip) {
        return database -> DelayHop.start(database.port(), roundTrip);
    }

    /** As {@link #direct}, but away again and again from when it has begun. */
    static DatabaseWire intermittent(Duration there, Duration gone) {
        return database -> IntermittentHop.start(database.port(), there, gone);
    }
}
