package dev.databasetraffic.rehearsal.experiment;

import dev.databasetraffic.rehearsal.experiment.Run.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs one experiment in one place: steady state, outage, recovery, settling, verification. Whatever happens between
 * the outage's begin and end, it is removed before {@link #run()} returns.
 */
public final class Rehearsal {

    private final Experiment experiment;
    private final Path outage;
    private final Place place;
    private final Progress progress;
    private final Stage stage;
    private final Observations observations = new Observations();
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * A rehearsal that has not begun.
     *
     * @param outage the manifest that {@code experiment.fault()} names, resolved
     */
    public Rehearsal(Experiment experiment, Path outage, Place place, Progress progress) {
        this.experiment = experiment;
        this.outage = outage;
        this.place = place;
        this.progress = progress;
        this.stage = new Stage(experiment, place, progress);
    }

    /** Runs to the end, or to the interruption of the calling thread. Never throws for what the place or service does. */
    public Run run() {
        place.onMeshEvent(event -> {
            observations.add(event, stage.clock());
            progress.event(stage.clock().at(event.at()), Observations.sentence(event));
        });
        return summary(stage.perform(() -> {
            stage.during(Phase.STEADY, experiment.phases().steady());
            stage.requireSteadyState();
            outage();
            stage.during(Phase.RECOVERY, experiment.phases().recovery());
        }));
    }

    /** What a reader must know of how the run was asked for; to be called before it begins. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    /** Every write of the run, in the order in which they were due. */
    public Stream<Write> writes() {
        return stage.ledger().ended();
    }

    private void outage() throws InterruptedException, PlaceException {
        Duration begin = stage.clock().now();
        progress.phase(Phase.OUTAGE, experiment.phases().outage());
        try {
            place.apply(outage);
            observations.handedOver(stage.clock().now());
            stage.await(Phase.OUTAGE, experiment.phases().outage());
            notes.addAll(place.notes());
        } finally {
            try {
                place.remove();
                observations.takenBack(stage.clock().now());
            } finally {
                stage.ended(Phase.OUTAGE, begin);
            }
        }
    }

    private Run summary(Stage.Ending ending) {
        List<Phase.Span> spans = stage.spans();
        Ledger ledger = stage.ledger();
        Duration duration = stage.clock().now();
        Markers markers = observations.markers(ledger);
        Figures figures = Figures.of(spans, markers, ledger);
        Account account = stage.account(ending);
        Figures.PhaseFigures afterwards = Figures.afterwards(spans, markers, experiment.tolerances(), ledger);
        return new Run(
                stage.id(),
                experiment,
                place.name(),
                ending.status(),
                ending.problem(),
                stage.clock().start(),
                duration,
                place.environment(),
                notes(account),
                observations.events(markers),
                spans,
                markers,
                figures,
                account,
                stage.timeline(),
                stage.load(),
                checks(
                        ending.status(),
                        new Verdict(
                                experiment.tolerances(), stage.operations(), markers, figures, account, afterwards)));
    }

    /** Of a run that ended early, only the reason why nothing was injected is judged: the rest is for want of time. */
    private List<Check> checks(Status status, Verdict verdict) {
        boolean gateFailed = status == Status.FAILED && stage.spans().size() == 1;
        return verdict.checks().stream()
                .map(check ->
                        status == Status.COMPLETED || (gateFailed && check.id().equals(Verdict.STEADY_STATE))
                                ? check
                                : check.withdrawn())
                .toList();
    }

    private List<String> notes(Account account) {
        notes.addAll(place.notes());
        notes.addAll(observations.notes());
        notes.addAll(operationNotes(account));
        notes.addAll(
                LoadNotes.of(experiment.load(), stage.load(), stage.ledger().count(Outcome.NOT_SENT)));
        return List.copyOf(notes);
    }

    private List<String> operationNotes(Account account) {
        List<String> said = new ArrayList<>();
        List<String> reads = experiment.operation().stream()
                .filter(Operation::isRead)
                .map(Operation::title)
                .toList();
        if (!reads.isEmpty()) {
            said.add(String.join(" and ", reads) + (reads.size() == 1 ? " writes" : " write")
                    + " nothing: its successes and failures are counted, and there is nothing of it in the database.");
        }
        if (account.unrepeatable() > 0) {
            said.add(String.format(
                    Locale.ROOT,
                    "%,d writes of unknown outcome were not repeated, because the experiment does not say that they may be"
                            + " (operation.repeatable): their callers never learn.",
                    account.unrepeatable()));
        }
        return said;
    }
}
