package dev.databasetraffic.rehearsal.experiment;

import dev.databasetraffic.rehearsal.experiment.Run.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs one experiment in one place: steady state, outage, recovery, settling, verification. Whatever happens between
 * the outage's begin and end, it is removed before {@link #run()} returns.
 */
public final class Rehearsal {

    private static final Duration TICK = Duration.ofMillis(250);

    private final Experiment experiment;
    private final Path outage;
    private final Place place;
    private final Progress progress;
    private final String id = RunId.next();
    private final Ledger ledger = new Ledger();
    private final Observations observations = new Observations();
    private final List<Phase.Span> spans = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private volatile RunClock clock = RunClock.startNow();

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
    }

    /** Runs to the end, or to the interruption of the calling thread. Never throws for what the place or service does. */
    public Run run() {
        place.onMeshEvent(event -> {
            observations.add(event, clock);
            progress.event(clock.at(event.at()), Observations.sentence(event));
        });
        Status status = Status.COMPLETED;
        String problem = null;
        Map<String, Integer> stored = null;
        try (Caller caller = new Caller(place.service(), experiment.load())) {
            progress.phase(Phase.WARM_UP, WarmUp.AT_MOST);
            WarmUp.run(caller, place, id);
            stored = phases(caller);
        } catch (InterruptedException e) {
            status = Status.INTERRUPTED;
            problem = "The rehearsal was interrupted; the outage is not in force any more.";
        } catch (PlaceException e) {
            status = Status.FAILED;
            problem = e.getMessage();
        }
        ledger.endAll(clock.elapsed());
        return summary(status, problem, stored);
    }

    /** Every write of the run, in the order in which they were due. */
    public Stream<Write> writes() {
        return ledger.ended();
    }

    private Map<String, Integer> phases(Caller caller) throws InterruptedException, PlaceException {
        clock = RunClock.startNow();
        try (OpenLoop loop = new OpenLoop(experiment.load(), caller, ledger, clock, this::plantName)) {
            during(Phase.STEADY, experiment.phases().steady());
            requireSteadyState();
            outage();
            during(Phase.RECOVERY, experiment.phases().recovery());
        }
        settle(caller);
        progress.phase(Phase.VERIFY, Duration.ZERO);
        return place.stored("rehearsal-" + id + "-");
    }

    private void requireSteadyState() throws PlaceException {
        Figures.PhaseFigures steady = Figures.phase(spans.get(0), ledger);
        int succeeded = steady.count(Outcome.ACKNOWLEDGED);
        if (steady.sent() == 0
                || succeeded < steady.sent() * experiment.tolerances().steadySuccess()) {
            throw new PlaceException(String.format(
                    Locale.ROOT,
                    "The steady state was not met: of %,d writes answered, %,d were acknowledged, and the experiment"
                            + " asks for %s. Nothing was injected. See the service's log, or lower load.rate.",
                    steady.sent(),
                    succeeded,
                    Verdict.percent(experiment.tolerances().steadySuccess())));
        }
    }

    private void outage() throws InterruptedException, PlaceException {
        Duration begin = clock.now();
        progress.phase(Phase.OUTAGE, experiment.phases().outage());
        try {
            place.apply(outage);
            observations.handedOver(clock.now());
            await(Phase.OUTAGE, experiment.phases().outage());
            notes.addAll(place.notes());
        } finally {
            try {
                place.remove();
                observations.takenBack(clock.now());
            } finally {
                spans.add(new Phase.Span(Phase.OUTAGE, begin, clock.now()));
            }
        }
    }

    private void settle(Caller caller) throws InterruptedException {
        Duration atMost = experiment.phases().settle();
        progress.phase(Phase.SETTLE, atMost);
        Duration patience = experiment.load().timeout().multipliedBy(2).plus(TICK);
        for (Duration end = clock.now().plus(patience);
                ledger.inFlight() > 0 && clock.now().compareTo(end) < 0; ) {
            TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
        }
        new Settling(caller, ledger, this::plantName).run(atMost);
    }

    private void during(Phase phase, Duration length) throws InterruptedException {
        Duration begin = clock.now();
        progress.phase(phase, length);
        try {
            await(phase, length);
        } finally {
            spans.add(new Phase.Span(phase, begin, clock.now()));
        }
    }

    private void await(Phase phase, Duration length) throws InterruptedException {
        Duration begin = clock.now();
        for (Duration left = length;
                left.compareTo(Duration.ZERO) > 0;
                left = begin.plus(length).minus(clock.now())) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left.toNanos(), TICK.toNanos()));
            progress.tick(new Progress.Tick(
                    phase,
                    clock.now().minus(begin),
                    length,
                    ledger.count(Outcome.ACKNOWLEDGED),
                    ledger.count(Outcome.NOT_WRITTEN) + ledger.count(Outcome.REFUSED),
                    ledger.count(Outcome.AMBIGUOUS),
                    ledger.inFlight()));
        }
    }

    private Run summary(Status status, @Nullable String problem, @Nullable Map<String, Integer> stored) {
        Duration duration = clock.now();
        Duration loaded = spans.isEmpty()
                ? Duration.ofSeconds(1)
                : spans.get(spans.size() - 1).end();
        Markers markers = observations.markers(ledger);
        Figures figures = Figures.of(spans, markers, ledger);
        Account account = Account.of(ledger, this::plantName, stored);
        Figures.PhaseFigures afterwards = Figures.afterwards(spans, markers, experiment.tolerances(), ledger);
        return new Run(
                id,
                experiment,
                place.name(),
                status,
                problem,
                clock.start(),
                duration,
                place.environment(),
                notes(account),
                observations.events(markers),
                List.copyOf(spans),
                markers,
                figures,
                account,
                Timeline.of(ledger, loaded),
                checks(status, new Verdict(experiment.tolerances(), markers, figures, account, afterwards)));
    }

    /** Of a run that ended early, only the reason why nothing was injected is judged: the rest is for want of time. */
    private List<Check> checks(Status status, Verdict verdict) {
        boolean gateFailed = status == Status.FAILED && spans.size() == 1;
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
        if (account.count(Outcome.NOT_SENT) > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%,d writes were not sent, because load.concurrency (%,d) writes were in flight: raise it, or lower"
                            + " load.rate, to see what their callers would have got.",
                    account.count(Outcome.NOT_SENT),
                    experiment.load().concurrency()));
        }
        return List.copyOf(notes);
    }

    private String plantName(int number) {
        return "rehearsal-" + id + "-" + number;
    }
}
