package dev.databasetraffic.rehearsal.experiment;

import dev.databasetraffic.rehearsal.experiment.Run.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Outage after outage in one place under one load that never pauses, then one account of every write. The phases' lengths
 * are those of each cycle; of the experiment's outages, each cycle takes the next.
 */
public final class Soak {

    private static final Duration TICK = Duration.ofMillis(250);

    private final Experiment experiment;
    private final List<Path> outages;
    private final int cycles;
    private final Place place;
    private final Progress progress;
    private final String id = RunId.next();
    private final Ledger ledger = new Ledger();
    private final List<Run.Event> events = new CopyOnWriteArrayList<>();
    private final List<Phase.Span> spans = new ArrayList<>();
    private volatile RunClock clock = RunClock.startNow();

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
    }

    /** Runs to the end, or to the interruption of the calling thread. Never throws for what the place or service does. */
    public Run run() {
        place.onMeshEvent(event -> tell(clock.at(event.at()), Observations.sentence(event)));
        Status status = Status.COMPLETED;
        String problem = null;
        Map<String, Integer> stored = null;
        try (Caller caller = new Caller(place.service(), experiment.load())) {
            progress.phase(Phase.WARM_UP, WarmUp.AT_MOST);
            WarmUp.run(caller, place, id);
            stored = cycles(caller);
        } catch (InterruptedException e) {
            status = Status.INTERRUPTED;
            problem = "The soak was interrupted; no outage is in force any more.";
        } catch (PlaceException e) {
            status = Status.FAILED;
            problem = e.getMessage();
        }
        ledger.endAll(clock.elapsed());
        return summary(status, problem, stored);
    }

    /** Every write of the soak, in the order in which they were due. */
    public Stream<Write> writes() {
        return ledger.ended();
    }

    private Map<String, Integer> cycles(Caller caller) throws InterruptedException, PlaceException {
        clock = RunClock.startNow();
        try (OpenLoop loop = new OpenLoop(experiment.load(), caller, ledger, clock, this::plantName)) {
            during(Phase.STEADY, experiment.phases().steady());
            for (int cycle = 0; cycle < cycles; cycle++) {
                Path outage = outages.get(cycle % outages.size());
                tell(clock.now(), "Outage " + (cycle + 1) + " of " + cycles + ": " + outage.getFileName());
                try {
                    place.apply(outage);
                    during(Phase.OUTAGE, experiment.phases().outage());
                } finally {
                    place.remove();
                }
                during(Phase.RECOVERY, experiment.phases().recovery());
            }
        }
        settle(caller);
        progress.phase(Phase.VERIFY, Duration.ZERO);
        return place.stored(plantName());
    }

    private void settle(Caller caller) throws InterruptedException {
        Duration atMost = experiment.phases().settle();
        progress.phase(Phase.SETTLE, atMost);
        Duration patience = experiment.load().timeout().multipliedBy(2);
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

    private void tell(Duration at, String what) {
        events.add(new Run.Event(at, what));
        progress.event(at, what);
    }

    private Run summary(Status status, @Nullable String problem, @Nullable Map<String, Integer> stored) {
        Duration loaded = spans.isEmpty()
                ? Duration.ofSeconds(1)
                : spans.get(spans.size() - 1).end();
        Markers first = firstCycle();
        Figures figures = Figures.of(spans, first, ledger);
        Account account = Account.of(ledger, this::plantName, stored);
        return new Run(
                id,
                experiment,
                place.name(),
                status,
                problem,
                clock.start(),
                clock.now(),
                place.environment(),
                place.notes(),
                List.copyOf(events),
                List.copyOf(spans),
                first,
                figures,
                account,
                Timeline.of(ledger, loaded),
                SoakVerdict.checks(experiment.tolerances(), first, figures, account, recoveries()));
    }

    /** From the end of each outage to the first acknowledged write; without those after which none was seen. */
    private List<Duration> recoveries() {
        List<Duration> recoveries = new ArrayList<>();
        for (Phase.Span span : spans) {
            Duration success = span.phase() == Phase.RECOVERY ? Figures.firstSuccessSince(span.start(), ledger) : null;
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
                Figures.firstFailureSince(applied, ledger),
                restored,
                Figures.firstSuccessSince(restored, ledger));
    }

    private @Nullable Duration start(Phase phase) {
        return spans.stream()
                .filter(span -> span.phase() == phase)
                .map(Phase.Span::start)
                .findFirst()
                .orElse(null);
    }

    private String plantName() {
        return "rehearsal-" + id + "-";
    }

    private String plantName(int number) {
        return plantName() + number;
    }
}
