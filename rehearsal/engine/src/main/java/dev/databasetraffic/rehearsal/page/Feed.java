package dev.databasetraffic.rehearsal.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What viewers are told: each event once, in order, with what they missed while they were away. Confined to one thread. */
final class Feed {

    static final int MOST_VIEWERS = 32;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEPT = 300;

    private final String run;
    private final Deque<Event> recent = new ArrayDeque<>();
    private final Set<Viewer> viewers = new LinkedHashSet<>();
    private long number;

    /** @param run what sets the ids of this feed apart from those of another at the same address */
    Feed(String run) {
        this.run = run;
    }

    /**
     * As the browser gets it.
     *
     * @param data one line of JSON
     */
    record Event(String id, String name, String data) {}

    boolean isWatched() {
        return !viewers.isEmpty();
    }

    void publish(String name, Object data) {
        Event event = event(++number, name, data);
        recent.addLast(event);
        if (recent.size() > KEPT) {
            recent.removeFirst();
        }
        viewers.removeIf(viewer -> !viewer.offer(event));
    }

    /**
     * Has a viewer told of all that comes from now on: after what was missed since the last event that it saw, if that
     * is known still, else after all that there is.
     *
     * @return null if there are too many
     */
    @Nullable
    Viewer join(@Nullable String lastSeen, Supplier<Object> everything) {
        if (viewers.size() >= MOST_VIEWERS) {
            return null;
        }
        Viewer viewer = new Viewer();
        Deque<Event> missed = missedSince(lastSeen);
        if (missed == null) {
            viewer.offer(event(number, "snapshot", everything.get()));
        } else {
            missed.forEach(viewer::offer);
        }
        viewers.add(viewer);
        return viewer;
    }

    void leave(Viewer viewer) {
        viewers.remove(viewer);
    }

    /** What comes later does not follow on what was told: who comes back gets everything. */
    void forget() {
        recent.clear();
        number++;
    }

    /** Nothing comes any more. */
    void close() {
        viewers.forEach(Viewer::end);
        viewers.clear();
    }

    private @Nullable Deque<Event> missedSince(@Nullable String lastSeen) {
        if (lastSeen != null && lastSeen.equals(id(number))) {
            return new ArrayDeque<>();
        }
        Deque<Event> missed = new ArrayDeque<>();
        for (Event event : (Iterable<Event>) recent::descendingIterator) {
            if (event.id().equals(lastSeen)) {
                return missed;
            }
            missed.addFirst(event);
        }
        return null;
    }

    private Event event(long its, String name, Object data) {
        try {
            return new Event(id(its), name, JSON.writeValueAsString(data));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String id(long its) {
        return run + "-" + its;
    }
}
