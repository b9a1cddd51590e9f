package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Write;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The moments that matter, as they come: what the mesh did, and when a caller first felt it. Safe for many threads. */
final class Story {

    private static final int MOST = 60;

    private final Deque<Moment> moments = new ArrayDeque<>();
    private final AtomicBoolean awaitsFailure = new AtomicBoolean();
    private final AtomicBoolean awaitsSuccess = new AtomicBoolean();
    private long added;

    /**
     * @param id of this moment alone: who joins while it is told may be told twice
     * @param at in ms since 1970
     * @param kind for the page's style: {@code applied}, {@code gone}, {@code diverted}, {@code failure}, {@code removed},
     *     {@code success}, {@code note}
     */
    record Moment(long id, long at, String kind, String text, String detail) {}

    synchronized Moment add(long at, String kind, String text, String detail) {
        Moment moment = new Moment(++added, at, kind, text, detail);
        moments.addLast(moment);
        if (moments.size() > MOST) {
            moments.removeFirst();
        }
        return moment;
    }

    synchronized List<Moment> moments() {
        return List.copyOf(moments);
    }

    Moment add(MeshEvent event) {
        long at = event.at().toEpochMilli();
        Moment moment = switch (event.kind()) {
            case APPLIED -> add(at, "applied", "Outage applied", event.detail());
            case OLD_CONNECTION_GONE -> add(at, "gone", "Last connection to the database gone", event.detail());
            case DIVERTED -> add(at, "diverted", "First connection diverted", event.detail());
            case REMOVED -> add(at, "removed", "Outage removed", event.detail());
        };
        boolean applied = event.kind() == MeshEvent.Kind.APPLIED;
        if (applied || event.kind() == MeshEvent.Kind.REMOVED) {
            awaitsFailure.set(applied);
            awaitsSuccess.set(!applied);
        }
        return moment;
    }

    /** @return the moment that this write makes; empty for all but the first of its kind */
    Optional<Moment> add(Write write, long nowMillis) {
        Outcome outcome = write.answer().outcome();
        if (outcome.isFailure() && awaitsFailure.compareAndSet(true, false)) {
            return Optional.of(add(nowMillis, "failure", "First failure that a caller saw", answer(write)));
        }
        if (outcome == Outcome.ACKNOWLEDGED && awaitsSuccess.compareAndSet(true, false)) {
            return Optional.of(add(nowMillis, "success", "First success after the outage", answer(write)));
        }
        return Optional.empty();
    }

    private static String answer(Write write) {
        int status = write.answer().status();
        return ((status == 0 ? "" : status + " ") + write.answer().kind()).trim();
    }
}
