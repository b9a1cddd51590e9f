package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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

    /** How often callers got an answer in a phase, and how long they waited for it. */
    public record AnswerFigures(Phase phase, Answer answer, Latency latency) {}

    /** Latencies of some calls; times are zero if there were none. */
    public record Latency(int count, Duration p50, Duration p99, Duration max) {

        /** Of the writes of a ledger that a predicate selects. */
        static Latency of(Ledger ledger, Predicate<Write> predicate) {
            long[] nanos = ledger.ended()
                    .filter(predicate)
                    .mapToLong(write -> write.latency().toNanos())
                    .sorted()
                    .toArray();
            return new Latency(nanos.length, quantile(nanos, 0.5), quantile(nanos, 0.99), quantile(nanos, 1));
        }

        /** The nearest rank: the smallest latency that at least this share of the calls did not exceed. */
        private static Duration quantile(long[] sorted, double share) {
            return sorted.length == 0
                    ? Duration.ZERO
                    : Duration.ofNanos(sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)]);
        }
    }

    static Figures of(List<Phase.Span> spans, Markers markers, Ledger ledger) {
        return new Figures(
                spans.stream().map(span -> phase(span, ledger)).toList(),
                Latency.of(ledger, write -> failedSince(write, markers.applied())),
                between(markers.applied(), markers.firstFailure()),
                between(markers.cutOff(), markers.firstFailure()),
                between(markers.restored(), markers.firstSuccess()),
                (int) ledger.ended()
                        .filter(write -> write.answer().outcome().isFailure() && beganSince(write, markers.restored()))
                        .count(),
                spans.stream().flatMap(span -> answers(span, ledger).stream()).toList());
    }

    /** The writes that began when the service should have recovered; absent if the recovery phase ended before that. */
    static @Nullable PhaseFigures afterwards(
            List<Phase.Span> spans, Markers markers, Experiment.Tolerances tolerances, Ledger ledger) {
        Duration restored = markers.restored();
        Duration end =
                spans.isEmpty() ? Duration.ZERO : spans.get(spans.size() - 1).end();
        if (restored == null) {
            return null;
        }
        Duration start = restored.plus(tolerances.recoverOrZero());
        return start.compareTo(end) < 0 ? phase(new Phase.Span(Phase.RECOVERY, start, end), ledger) : null;
    }

    /** The end of the first write, in the order of ends, that failed after a moment. */
    static @Nullable Duration firstFailureSince(@Nullable Duration moment, Ledger ledger) {
        return ledger.ended()
                .filter(write -> failedSince(write, moment))
                .map(Write::end)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The end of the first write, in the order of ends, that was acknowledged after a moment. */
    static @Nullable Duration firstSuccessSince(@Nullable Duration moment, Ledger ledger) {
        return ledger.ended()
                .filter(write -> write.answer().outcome() == Outcome.ACKNOWLEDGED && endedSince(write, moment))
                .map(Write::end)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    static PhaseFigures phase(Phase.Span span, Ledger ledger) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        ledger.ended()
                .filter(write -> span.contains(write.start()) && !failedInOutage(write, span))
                .forEach(write -> outcomes.merge(write.answer().outcome(), 1, Integer::sum));
        Latency acknowledged = Latency.of(
                ledger, write -> span.contains(write.start()) && write.answer().outcome() == Outcome.ACKNOWLEDGED);
        Duration length = span.end().minus(span.start());
        return new PhaseFigures(
                span.phase(), length, outcomes, acknowledged.count() * 1e9 / length.toNanos(), acknowledged);
    }

    private static List<AnswerFigures> answers(Phase.Span span, Ledger ledger) {
        Predicate<Write> inPhase = write -> span.contains(write.start());
        return ledger.ended()
                .filter(inPhase)
                .map(Write::answer)
                .distinct()
                .map(answer -> new AnswerFigures(
                        span.phase(),
                        answer,
                        Latency.of(ledger, inPhase.and(write -> write.answer().equals(answer)))))
                .sorted(Comparator.comparing((AnswerFigures row) -> row.answer().outcome())
                        .thenComparing(row -> -row.latency().count()))
                .toList();
    }

    /** Whether a write of the steady state was under way when the outage began: its failure says nothing of the state. */
    private static boolean failedInOutage(Write write, Phase.Span span) {
        return span.phase() == Phase.STEADY && failedSince(write, span.end());
    }

    private static boolean failedSince(Write write, @Nullable Duration moment) {
        return write.answer().outcome().isFailure() && endedSince(write, moment);
    }

    private static boolean beganSince(Write write, @Nullable Duration moment) {
        return moment != null && write.start().compareTo(moment) >= 0;
    }

    private static boolean endedSince(Write write, @Nullable Duration moment) {
        return moment != null && write.end().compareTo(moment) >= 0;
    }

    /** A failure may be known to its caller just before the mesh's own event arrives: then nothing was lost, not less. */
    private static @Nullable Duration between(@Nullable Duration from, @Nullable Duration to) {
        if (from == null || to == null) {
            return null;
        }
        return to.compareTo(from) < 0 ? Duration.ZERO : to.minus(from);
    }
}
