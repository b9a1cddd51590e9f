package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.traffic.MeshEvent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** A running system as the page shows it. Nothing is asked of it while nobody looks at the page. */
public interface Watched {

    /** The service under test, as people call it. */
    String service();

    /** Where it is asked. */
    URI address();

    /** The database, by the name that the mesh has for it. */
    String host();

    /** How long an open connection outlives a rule that leads its host elsewhere. */
    Duration drain();

    /**
     * What the mesh counts at this moment.
     *
     * @throws IOException if it cannot be asked
     */
    Look look() throws IOException, InterruptedException;

    /**
     * The service's log, from a while ago on.
     *
     * @throws IOException if it cannot be read
     */
    ServiceLog log() throws IOException;

    /** Receives every later event, on any thread; must return at once. */
    void onMeshEvent(Consumer<MeshEvent> listener);

    /** Nobody looks any more for a while. */
    default void rest() {}
}
