package dev.databasetraffic.rehearsal.experiment;

import dev.databasetraffic.mesh.traffic.MeshEvent;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where an experiment runs: a running service under test, the mesh in front of its database, and a way to read the
 * database back. One instance is one running system; {@link #close()} restores the healthy routes if an outage is
 * still applied, then ends whatever this place itself started.
 */
public interface Place extends AutoCloseable {

    /** The value of {@code --on}: {@code local}, {@code compose} or {@code kubernetes}. */
    String name();

    /** Base of the service under test, of which the paths of its operations are resolved. */
    URI service();

    /** The processes of the service, of which the report says what they cost; empty where they are somewhere else. */
    default List<ProcessHandle> serviceProcesses() {
        return List.of();
    }

    /** What the report says about the environment: versions, host, drain time. Insertion order is kept. */
    Map<String, String> environment();

    /**
     * What a reader of the verdict must know about how this place took the outage, one sentence each: for example a
     * route that the mesh ignores. Asked for while the outage is applied and after it; empty if there is nothing to say.
     */
    default List<String> notes() {
        return List.of();
    }

    /** Receives every later {@link MeshEvent}, on a thread of the place's; must return at once. */
    void onMeshEvent(Consumer<MeshEvent> listener);

    /**
     * Hands the outage's manifest to the mesh, as {@code kubectl apply -f} does. Returns when it was handed over; that
     * it took effect is told by {@link MeshEvent.Kind#APPLIED}.
     *
     * @throws PlaceException if the mesh refuses the manifest or cannot be reached; nothing was changed then
     */
    void apply(Path outage) throws PlaceException;

    /**
     * Removes the manifest given to {@link #apply}, as {@code kubectl delete -f} does; does nothing if none is applied.
     *
     * @throws PlaceException if it could not be removed; the message says how to remove it by hand
     */
    void remove() throws PlaceException;

    /**
     * Reads the database back, past the mesh where the place allows it: how often each key that starts with a prefix is
     * stored. Null if the experiment does not say how; {@link #notes} says so then.
     *
     * @throws PlaceException if it could not be read completely
     */
    @Nullable
    Map<String, Integer> stored(String keyPrefix) throws PlaceException;

    /**
     * As {@link #stored(String)}, for millions of keys.
     *
     * @param found told of keys as they are read, and how often each is stored
     * @return false if the experiment does not say how to read
     * @throws PlaceException likewise; what was told until then is worth nothing
     */
    default boolean stored(String keyPrefix, ObjIntConsumer<String> found) throws PlaceException {
        Map<String, Integer> counts = stored(keyPrefix);
        if (counts != null) {
            counts.forEach(found::accept);
        }
        return counts != null;
    }

    @Override
    void close() throws PlaceException;
}
