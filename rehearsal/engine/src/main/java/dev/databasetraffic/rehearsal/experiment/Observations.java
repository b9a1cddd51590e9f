package dev.databasetraffic.rehearsal.experiment;

import dev.databasetraffic.mesh.traffic.MeshEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the mesh did and when, on the run's clock. Safe for use by many threads. */
final class Observations {

    private final Map<MeshEvent.Kind, Duration> first = new EnumMap<>(MeshEvent.Kind.class);
    private final List<Run.Event> events = new ArrayList<>();
    private @Nullable Duration handedOver;
    private @Nullable Duration takenBack;

    synchronized void add(MeshEvent event, RunClock clock) {
        Duration at = clock.at(event.at());
        first.putIfAbsent(event.kind(), at);
        events.add(new Run.Event(at, sentence(event)));
    }

    synchronized void handedOver(Duration at) {
        handedOver = at;
    }

    synchronized void takenBack(Duration at) {
        takenBack = at;
    }

    /** The mesh's own times where it told them, else those of handing the manifest over and taking it back. */
    synchronized Markers markers(Ledger ledger) {
        Duration applied = first.getOrDefault(MeshEvent.Kind.APPLIED, handedOver);
        Duration restored = first.getOrDefault(MeshEvent.Kind.REMOVED, takenBack);
        return new Markers(
                applied,
                first.get(MeshEvent.Kind.OLD_CONNECTION_GONE),
                first.get(MeshEvent.Kind.DIVERTED),
                Figures.firstFailureSince(applied, ledger),
                restored,
                Figures.firstSuccessSince(restored, ledger));
    }

    /** What the mesh told and what its callers felt, in order of time. */
    synchronized List<Run.Event> events(Markers markers) {
        List<Run.Event> all = new ArrayList<>(events);
        if (markers.firstFailure() != null) {
            all.add(new Run.Event(markers.firstFailure(), "First failure that a caller saw"));
        }
        if (markers.firstSuccess() != null) {
            all.add(new Run.Event(markers.firstSuccess(), "First success after the outage"));
        }
        all.sort(Comparator.comparing(Run.Event::at));
        return all;
    }

    synchronized List<String> notes() {
        return handedOver == null || first.containsKey(MeshEvent.Kind.APPLIED)
                ? List.of()
                : List.of(
                        "The mesh did not say when the outage took effect: times count from when it was handed over.");
    }

    static String sentence(MeshEvent event) {
        String what = switch (event.kind()) {
            case APPLIED -> "Outage applied: new connections follow its rule";
            case OLD_CONNECTION_GONE -> "Last connection to the database gone";
            case DIVERTED -> "First connection diverted";
            case REMOVED -> "Outage removed: new connections reach the database";
        };
        return event.detail().isBlank() ? what : what + " (" + event.detail() + ")";
    }
}
