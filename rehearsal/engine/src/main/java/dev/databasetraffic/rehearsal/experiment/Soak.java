package dev.databasetraffic.rehearsal.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Outage after outage in one place under one load that never pauses, then one account of every write. The phases' lengths
 * are those of each cycle; of the experiment's outages, each cycle takes the next.
 */
public final class Soak {

    private final Experiment experiment;
    private final List<Path> outages;
    private final int cycles;
    private final Place place;
    private final Progress progress;
    private final Stage stage;
    private final List<Run.Event> events = new CopyOnWriteArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * A soak that has not begun.
     *
     * @param outages manifests, used in turn
     * @param cycles how many outages there are to be
     */
    public Soak(Experiment experiment, List<Path> outages, int cycles, Place place, Progress progress) {
        this.experiment = experiment;
        this.outages = List.copyOf(outages);
        this.cycles = cycles;
        this.place = place;
        this.progress = progress;
        this.stage = new Stage(experiment, place, progress);
    }

    /** Runs to the end, or to the interruption of the calling thread. Never throws for what the place or service does. */
    public Run run() {
        place.onMeshEvent(event -> tell(stage.clock().at(event.at()), Observations.sentence(event)));
        return summary(stage.perform(this::cycles));
    }

    /** Every write of the soak, in the order in which they were due. */
    public Stream<Write> writes() {
        return stage.ledger().ended();
    }

    private void cycles() throws InterruptedException, PlaceException {
        stage.during(Phase.STEADY, experiment.phases().steady());
        stage.requireSteadyState();
        for (int cycle = 0; cycle < cycles; cycle++) {
            Path outage = outages.get(cycle % outages.size());
            tell(stage.clock().now(), "Outage " + (cycle + 1) + " of " + cycles + ": " + outage.getFileName());
            try {
                place.apply(outage);
                stage.during(Phase.OUTAGE, experiment.phases().outage());
                notes.addAll(place.notes());
            } finally {
                place.remove();
            }
            stage.during(Phase.RECOVERY, experiment.phases().recovery());
        }
    }

    private void tell(Duration at, String what) {
        events.add(new Run.Event(at, what));
        progress.event(at, what);
    }

    private Run summary(Stage.Ending ending) {
        Duration duration = stage.clock().now();
        Markers first = firstCycle();
        List<Duration> recoveries = recoveries();
        Figures figures = Figures.of(stage.spans(), first, stage.ledger())
                .recoveredAfter(
                        recoveries.stream().max(Comparator.naturalOrder()).orElse(null));
        Account account = stage.account(ending);
        return new Run(
                stage.id(),
                experiment,
                place.name(),
                ending.status(),
                ending.problem(),
                stage.clock().start(),
                duration,
                place.environment(),
                notes(),
                List.copyOf(events),
                stage.spans(),
                first,
                figures,
                account,
                stage.timeline(),
                stage.load(),
                checks(
                        ending.status(),
                        SoakVerdict.checks(
                                experiment.tolerances(),
                                stage.operations(),
                                first,
                                figures,
                                account,
                                recoveries.size())));
    }

    /** Of a soak that ended early nothing is judged: what is missing is for want of time. */
    private static List<Check> checks(Run.Status status, List<Check> all) {
        return status == Run.Status.COMPLETED
                ? all
                : all.stream().map(Check::withdrawn).toList();
    }

    private List<String> notes() {
        notes.addAll(place.notes());
        notes.addAll(
                LoadNotes.of(experiment.load(), stage.load(), stage.ledger().count(Outcome.NOT_SENT)));
        return List.copyOf(notes);
    }

    /** From the end of each outage to the first acknowledged write; without those after which none was seen. */
    private List<Duration> recoveries() {
        List<Duration> recoveries = new ArrayList<>();
        for (Phase.Span span : stage.spans()) {
            Duration success =
                    span.phase() == Phase.RECOVERY ? Figures.firstSuccessSince(span.start(), stage.ledger()) : null;
            if (success != null && span.contains(success)) {
                recoveries.add(success.minus(span.start()));
            }
        }
        return recoveries;
    }

    private Markers firstCycle() {
        Duration applied = start(Phase.OUTAGE);
        Duration restored = start(Phase.RECOVERY);
        return new Markers(
                applied,
                null,
                null,
                Figures.firstFailureSince(applied, stage.ledger()),
                restored,
                Figures.firstSuccessSince(restored, stage.ledger()));
    }

    private @Nullable Duration start(Phase phase) {
        return stage.spans().stream()
                .filter(span -> span.phase() == phase)
                .map(Phase.Span::start)
                .findFirst()
                .orElse(null);
    }
}
