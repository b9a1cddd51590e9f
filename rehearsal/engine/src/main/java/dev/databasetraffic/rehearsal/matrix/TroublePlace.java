package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** A running system whose outage is one given trouble, whatever manifest it is told of. */
final class TroublePlace implements Place {

    private final Place place;
    private final Trouble trouble;
    private final Connections open;
    private final AutoCloseable owned;
    private Consumer<MeshEvent> listener;
    private boolean applied;

    /**
     * A place that is not troubled yet.
     *
     * @param events told what the trouble does, beside who asks the place
     * @param owned closed with this; for a place that others go on with, something that closes nothing
     */
    TroublePlace(Place place, Trouble trouble, Connections open, Consumer<MeshEvent> events, AutoCloseable owned) {
        this.owned = owned;
        this.place = place;
        this.trouble = trouble;
        this.open = open;
        this.listener = events;
    }

    @Override
    public String name() {
        return place.name();
    }

    @Override
    public URI service() {
        return place.service();
    }

    @Override
    public Map<String, String> environment() {
        return place.environment();
    }

    @Override
    public List<String> notes() {
        return place.notes();
    }

    @Override
    public List<ProcessHandle> serviceProcesses() {
        return place.serviceProcesses();
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> newListener) {
        listener = listener.andThen(newListener);
    }

    @Override
    public void apply(Path outage) throws PlaceException {
        applied = true;
        tell(MeshEvent.Kind.APPLIED);
        trouble.begin(open);
        if (open == Connections.CUT) {
            tell(MeshEvent.Kind.OLD_CONNECTION_GONE);
        }
    }

    @Override
    public void remove() throws PlaceException {
        if (applied) {
            trouble.end();
            applied = false;
            tell(MeshEvent.Kind.REMOVED);
        }
    }

    @Override
    public @Nullable Map<String, Integer> stored(String keyPrefix) throws PlaceException {
        return place.stored(keyPrefix);
    }

    @Override
    public boolean stored(String keyPrefix, ObjIntConsumer<String> found) throws PlaceException {
        return place.stored(keyPrefix, found);
    }

    @Override
    public void close() throws PlaceException {
        try {
            remove();
        } finally {
            end();
        }
    }

    private void end() throws PlaceException {
        try {
            owned.close();
        } catch (PlaceException e) {
            throw e;
        } catch (Exception e) {
            throw new PlaceException("The system did not end: " + e, e);
        }
    }

    private void tell(MeshEvent.Kind kind) {
        listener.accept(new MeshEvent(kind, Instant.now(), trouble.seen()));
    }
}
