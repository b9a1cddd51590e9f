package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What every rehearsal, long or short, plays on: one clock, one load, one ledger, and the phases gone through. */
final class Stage {

    private static final Duration TICK = Duration.ofMillis(250);

    private final Experiment experiment;
    private final Place place;
    private final Progress progress;
    private final String id = RunId.next();
    private final Operations operations;
    private final Ledger ledger;
    private final List<Phase.Span> spans = new ArrayList<>();
    private volatile RunClock clock = RunClock.startNow();
    private @Nullable LoadFigures load;

    Stage(Experiment experiment, Place place, Progress progress) {
        this.experiment = experiment;
        this.operations = new Operations(experiment.operation());
        this.place = place;
        this.progress = progress;
        this.ledger = new Ledger(progress::ended);
    }

    /** The phases that are played under the load. */
    interface Play {

        void act() throws InterruptedException, PlaceException;
    }

    /**
     * How a play ended.
     *
     * @param problem why it did not come to its end; null if it did
     * @param stored what is in the database; null if it was not read back
     */
    record Ending(
            Run.Status status,
            @Nullable String problem,
            @Nullable StoredWrites stored) {}

    /** Warms up, plays under load, settles what is unknown and reads the database back. */
    Ending perform(Play play) {
        try (Caller caller = new Caller(place.service(), experiment)) {
            progress.phase(Phase.WARM_UP, WarmUpWrites.AT_MOST);
            WarmUpWrites.run(caller, place, experiment, id);
            clock = RunClock.startNow();
            LoadMeter meter = new LoadMeter(place.serviceProcesses());
            try (OpenLoop loop = new OpenLoop(experiment.load(), caller, ledger, clock, this::key, meter)) {
                play.act();
            } finally {
                load = meter.figures();
            }
            settle(caller);
            progress.phase(Phase.VERIFY, Duration.ZERO);
            return new Ending(Run.Status.COMPLETED, null, operations.anyWrites() ? stored() : null);
        } catch (InterruptedException e) {
            return interrupted();
        } catch (PlaceException e) {
            if (isInterruption(e)) {
                // What is written of the run must not be interrupted as well.
                Thread.interrupted();
                return interrupted();
            }
            return new Ending(Run.Status.FAILED, e.getMessage(), null);
        } finally {
            ledger.endAll(clock.elapsed());
        }
    }

    /** Clients of APIs wrap it, more than once. */
    private static boolean isInterruption(PlaceException failure) {
        return Stream.<@Nullable Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(InterruptedException.class::isInstance);
    }

    private static Ending interrupted() {
        return new Ending(
                Run.Status.INTERRUPTED, "The rehearsal was interrupted; no outage is in force any more.", null);
    }

    void during(Phase phase, Duration length) throws InterruptedException {
        Duration begin = clock.now();
        progress.phase(phase, length);
        try {
            await(phase, length);
        } finally {
            ended(phase, begin);
        }
    }

    void ended(Phase phase, Duration begin) {
        spans.add(new Phase.Span(phase, begin, clock.now()));
    }

    void await(Phase phase, Duration length) throws InterruptedException {
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

    /** @throws PlaceException if the service does not do before an outage what the experiment asks of it */
    void requireSteadyState() throws PlaceException {
        Phase.Span span = spans.get(0);
        int late = ledger.inFlightSince(Figures.dueBy(span, ledger));
        Figures.PhaseFigures steady = Figures.phase(span, ledger);
        int due = steady.sent() + late;
        int succeeded = steady.count(Outcome.ACKNOWLEDGED);
        if (due == 0 || succeeded < due * experiment.tolerances().steadySuccess()) {
            throw new PlaceException(String.format(
                    Locale.ROOT,
                    "The steady state was not met: of %,d writes, %,d were acknowledged and %,d have no answer although"
                            + " they are late, and the experiment asks for %s. Nothing was injected. See the service's"
                            + " log, or lower load.rate.",
                    due,
                    succeeded,
                    late,
                    Verdict.percent(experiment.tolerances().steadySuccess())));
        }
    }

    String id() {
        return id;
    }

    Operations operations() {
        return operations;
    }

    Ledger ledger() {
        return ledger;
    }

    RunClock clock() {
        return clock;
    }

    List<Phase.Span> spans() {
        return List.copyOf(spans);
    }

    /** How the load was; absent if there was none. */
    @Nullable
    LoadFigures load() {
        return load;
    }

    /** What became of the writes, as the database has them. */
    Account account(Ending ending) {
        return Account.of(ledger, operations, this::key, ending.stored());
    }

    /** Writes and latency, for as long as there was load. */
    Timeline timeline() {
        Duration loaded = spans.isEmpty()
                ? Duration.ofSeconds(1)
                : spans.get(spans.size() - 1).end();
        return Timeline.of(ledger, loaded);
    }

    private void settle(Caller caller) throws InterruptedException {
        Duration atMost = experiment.phases().settle();
        progress.phase(Phase.SETTLE, atMost);
        Duration patience = experiment.load().timeout().multipliedBy(2).plus(TICK);
        for (Duration end = clock.now().plus(patience);
                ledger.inFlight() > 0 && clock.now().compareTo(end) < 0; ) {
            TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
        }
        new Settling(caller, ledger, operations, this::key).run(atMost);
    }

    private @Nullable StoredWrites stored() throws PlaceException {
        StoredWrites stored = new StoredWrites(keyPrefix(), ledger.size());
        return place.stored(keyPrefix(), stored) ? stored : null;
    }

    private String keyPrefix() {
        return "rehearsal-" + id + "-";
    }

    private String key(int number) {
        return keyPrefix() + number;
    }
}
