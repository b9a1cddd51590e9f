package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger and the markers add up to.
 *
 * @param failures how long callers waited for their failures, from the outage's start on
 * @param detectFromApplied from the rule's application to the first failure that a caller saw
 * @param detectFromCutOff from the loss of the last way to the database to the first failure that a caller saw
 * @param recover from the restoration to the first acknowledged write
 * @param lateFailures failures of writes that began after the restoration
 */
public record Figures(
        List<PhaseFigures> phases,
        Latency failures,
        @Nullable Duration detectFromApplied,
        @Nullable Duration detectFromCutOff,
        @Nullable Duration recover,
        int lateFailures,
        List<AnswerFigures> answers) {

    /** However quick others were, one that takes no longer is not late. */
    private static final Duration IN_TIME = Duration.ofSeconds(1);

    /** The writes that began in a phase. */
    public record PhaseFigures(
            Phase phase, Duration length, Map<Outcome, Integer> outcomes, double perSecond, Latency acknowledged) {

        /** How many writes were sent in the phase. */
        public int sent() {
            return outcomes.entrySet().stream()
                    .filter(entry -> entry.getKey() != Outcome.NOT_SENT)
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        /** How many of them had an outcome. */
        public int count(Outcome outcome) {
            return outcomes.getOrDefault(outcome, 0);
        }
    }

    /** How often callers got an answer in a phase, as often as there was one, and how long they waited for it. */
    public record AnswerFigures(Phase phase, Answer answer, Latency latency) {}

    /** Latencies of some calls; times are zero if there were none. */
    public record Latency(int count, Duration p50, Duration p99, Duration max) {

        static Latency of(Latencies all) {
            return all.count() == 0
                    ? new Latency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO)
                    : new Latency(all.count(), all.quantile(0.5), all.quantile(0.99), all.greatest());
        }

        private static Latency of(Stream<Write> writes) {
            Latencies all = new Latencies();
            writes.forEach(write -> all.add(write.latency()));
            return of(all);
        }
    }

    /** How many writes and reads of all phases had an outcome. */
    public int count(Outcome outcome) {
        return answers.stream()
                .filter(row -> row.answer().outcome() == outcome)
                .mapToInt(row -> row.latency().count())
                .sum();
    }

    /** The same, with the slowest recovery of several outages. */
    Figures recoveredAfter(@Nullable Duration slowest) {
        return new Figures(phases, failures, detectFromApplied, detectFromCutOff, slowest, lateFailures, answers);
    }

    static Figures of(List<Phase.Span> spans, Markers markers, Ledger ledger) {
        return new Figures(
                spans.stream().map(span -> phase(span, ledger)).toList(),
                failures(markers.applied(), ledger),
                between(markers.applied(), markers.firstFailure()),
                between(markers.cutOff(), markers.firstFailure()),
                between(markers.restored(), markers.firstSuccess()),
                lateFailures(markers.restored(), spans, ledger),
                spans.stream()
                        .map(Phase.Span::phase)
                        .distinct()
                        .flatMap(phase -> answers(phase, spans, ledger))
                        .toList());
    }

    /**
     * The writes that began when the service should have recovered, or had, where the experiment says no time; absent if the
     * recovery phase ended before that.
     */
    static @Nullable PhaseFigures afterwards(
            List<Phase.Span> spans, Markers markers, Experiment.Tolerances tolerances, Ledger ledger) {
        Duration restored = markers.restored();
        Duration end =
                spans.isEmpty() ? Duration.ZERO : spans.get(spans.size() - 1).end();
        if (restored == null) {
            return null;
        }
        Duration tolerated = tolerances.recover();
        Duration start = tolerated != null
                ? restored.plus(tolerated)
                : Objects.requireNonNullElse(markers.firstSuccess(), restored);
        return start.compareTo(end) < 0 ? phase(new Phase.Span(Phase.RECOVERY, start, end), ledger) : null;
    }

    /** The end of the first write, in the order of ends, that failed after a moment. */
    static @Nullable Duration firstFailureSince(@Nullable Duration moment, Ledger ledger) {
        return moment == null ? null : ledger.firstEndSince(moment, Figures::isFailureOfACaller);
    }

    /** The end of the first write, in the order of ends, that was acknowledged after a moment. */
    static @Nullable Duration firstSuccessSince(@Nullable Duration moment, Ledger ledger) {
        return moment == null ? null : ledger.firstEndSince(moment, answer -> answer.outcome() == Outcome.ACKNOWLEDGED);
    }

    static PhaseFigures phase(Phase.Span span, Ledger ledger) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        Latencies acknowledged = new Latencies();
        Predicate<Write> excused = span.phase() == Phase.STEADY ? failedInOutage(span, ledger) : write -> false;
        ledger.began(span).filter(excused.negate()).forEach(write -> {
            Outcome outcome = write.answer().outcome();
            outcomes.merge(outcome, 1, Integer::sum);
            if (outcome == Outcome.ACKNOWLEDGED) {
                acknowledged.add(write.latency());
            }
        });
        Duration length = span.end().minus(span.start());
        return new PhaseFigures(
                span.phase(),
                length,
                outcomes,
                acknowledged.count() * 1e9 / length.toNanos(),
                Latency.of(acknowledged));
    }

    private static Stream<AnswerFigures> answers(Phase phase, List<Phase.Span> spans, Ledger ledger) {
        Map<Answer, Latencies> answers = new HashMap<>();
        spans.stream()
                .filter(span -> span.phase() == phase)
                .flatMap(ledger::began)
                .forEach(write -> answers.computeIfAbsent(write.answer(), answer -> new Latencies())
                        .add(write.latency()));
        return answers.entrySet().stream()
                .map(each -> new AnswerFigures(phase, each.getKey(), Latency.of(each.getValue())))
                .sorted(Comparator.comparing((AnswerFigures row) -> row.answer().outcome())
                        .thenComparing(row -> -row.latency().count()));
    }

    private static Latency failures(@Nullable Duration applied, Ledger ledger) {
        return applied == null
                ? Latency.of(Stream.empty())
                : Latency.of(ledger.endedSince(applied).filter(write -> isFailureOfACaller(write.answer())));
    }

    /** Where a rehearsal ended before its time, callers still waited, and were told nothing. */
    private static boolean isFailureOfACaller(Answer answer) {
        return answer.outcome().isFailure() && !answer.equals(Ledger.UNANSWERED);
    }

    /** In a soak, of those that another outage did not catch. */
    private static int lateFailures(@Nullable Duration restored, List<Phase.Span> spans, Ledger ledger) {
        if (restored == null) {
            return 0;
        }
        List<Phase.Span> recoveries =
                spans.stream().filter(span -> span.phase() == Phase.RECOVERY).toList();
        return (int) ledger.endedSince(restored)
                .filter(write -> write.answer().outcome().isFailure()
                        && write.start().compareTo(restored) >= 0
                        && (recoveries.size() <= 1
                                || recoveries.stream()
                                        .anyMatch(span -> span.contains(write.start()) && span.contains(write.end()))))
                .count();
    }

    /**
     * Whether a write of the steady state was under way when the outage began: its failure says nothing of the state, unless
     * it ought to have been answered before.
     */
    private static Predicate<Write> failedInOutage(Phase.Span steady, Ledger ledger) {
        Duration due = dueBy(steady, ledger);
        return write -> write.answer().outcome().isFailure()
                && write.end().compareTo(steady.end()) >= 0
                && write.start().compareTo(due) >= 0;
    }

    /**
     * A write of the steady state that began before this moment ought to be answered by its end: the slowest that was
     * acknowledged in it took less, and a second, or half of a short steady state, is more than most would wait.
     */
    static Duration dueBy(Phase.Span steady, Ledger ledger) {
        Duration slowest = ledger.began(steady)
                .filter(write -> write.answer().outcome() == Outcome.ACKNOWLEDGED
                        && write.end().compareTo(steady.end()) < 0)
                .map(Write::latency)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration half = steady.end().minus(steady.start()).dividedBy(2);
        Duration inTime = half.compareTo(IN_TIME) < 0 ? half : IN_TIME;
        return steady.end().minus(slowest.compareTo(inTime) < 0 ? inTime : slowest);
    }

    /** A failure may be known to its caller just before the mesh's own event arrives: then nothing was lost, not less. */
    private static @Nullable Duration between(@Nullable Duration from, @Nullable Duration to) {
        if (from == null || to == null) {
            return null;
        }
        return to.compareTo(from) < 0 ? Duration.ZERO : to.minus(from);
    }
}
