package dev.databasetraffic.rehearsal.experiment;

import static dev.databasetraffic.rehearsal.experiment.HumanDuration.format;

import dev.databasetraffic.rehearsal.experiment.Figures.PhaseFigures;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Judges what was seen by what the experiment tolerates. What was not seen is not judged, rather than passed. */
final class Verdict {

    static final String STEADY_STATE = "steady-state";

    private final Experiment.Tolerances tolerances;
    private final Operations operations;
    private final Markers markers;
    private final Figures figures;
    private final Account account;
    private final @Nullable PhaseFigures afterwards;

    /**
     * A verdict on one run.
     *
     * @param afterwards the writes that began when the service should have recovered; absent if there are none
     */
    Verdict(
            Experiment.Tolerances tolerances,
            Operations operations,
            Markers markers,
            Figures figures,
            Account account,
            @Nullable PhaseFigures afterwards) {
        this.tolerances = tolerances;
        this.operations = operations;
        this.markers = markers;
        this.figures = figures;
        this.account = account;
        this.afterwards = afterwards;
    }

    List<Check> checks() {
        return List.of(
                steadyState(),
                writesFail(),
                detect(),
                callerSeesFailure(),
                recover(),
                steadyAgain(),
                stored(
                        "acknowledged-lost",
                        "No acknowledged write is lost",
                        tolerances.acknowledgedLost(),
                        Account.Comparison::acknowledgedLost,
                        "lost"),
                stored(
                        "duplicates",
                        "No write is stored twice",
                        tolerances.duplicates(),
                        Account.Comparison::duplicates,
                        "stored more than once"),
                stored(
                        "phantoms",
                        "What was reported as not written is not there",
                        tolerances.phantoms(),
                        Account.Comparison::phantoms,
                        "there all the same"),
                unresolved());
    }

    private Check steadyState() {
        PhaseFigures steady = phases(Phase.STEADY).stream().findFirst().orElse(null);
        return share(STEADY_STATE, "Writes succeed before the outage", steady, 0);
    }

    /** Of all that were due: where those that hang leave no place, hardly one is sent, and that one may succeed. */
    private Check steadyAgain() {
        String claim = "Writes that begin later than that succeed as before";
        int notSent = afterwards == null ? 0 : afterwards.count(Outcome.NOT_SENT);
        return share("steady-state-again", claim, afterwards, notSent);
    }

    private Check share(String id, String claim, @Nullable PhaseFigures phase, int notSent) {
        String tolerance = "at least " + percent(tolerances.steadySuccess());
        int due = phase == null ? 0 : phase.sent() + notSent;
        if (phase == null || due == 0) {
            return Check.notJudged(id, claim, tolerance, "no write was due");
        }
        int succeeded = phase.count(Outcome.ACKNOWLEDGED);
        return Check.of(
                id,
                claim,
                tolerance,
                String.format(Locale.ROOT, "%,d of %,d", succeeded, due)
                        + (notSent == 0 ? "" : String.format(Locale.ROOT, ", %,d not sent", notSent)),
                (double) succeeded / due >= tolerances.steadySuccess());
    }

    private Check writesFail() {
        String id = "writes-fail";
        String claim = "Writes fail during the outage";
        List<PhaseFigures> outages = phases(Phase.OUTAGE);
        if (outages.isEmpty()) {
            return Check.notJudged(id, claim, "at least one", "there was no outage");
        }
        int sent = outages.stream().mapToInt(PhaseFigures::sent).sum();
        int failed = outages.stream().mapToInt(Verdict::failed).sum();
        String arrived = failed == 0 && markers.diverted() == null ? "; no connection was diverted" : "";
        String observed = String.format(Locale.ROOT, "%,d of %,d failed%s", failed, sent, arrived);
        return tolerances.writesFail()
                ? Check.of(id, claim, "at least one", observed, failed > 0)
                : Check.notJudged(id, claim, "none required", observed);
    }

    private Check detect() {
        String id = "detect";
        String claim = "The first caller learns of the outage soon after the database is gone";
        Duration tolerance = tolerances.detect();
        Duration sinceApplied = figures.detectFromApplied();
        if (markers.failedBeforeCutOff() && sinceApplied != null && tolerance != null) {
            String observed = format(sinceApplied) + " after the rule, before the last connection ended";
            return Check.of(id, claim, "within " + format(tolerance), observed, true);
        }
        return within(id, claim, tolerance, figures.detectFromCutOff(), "no caller saw a failure");
    }

    private Check callerSeesFailure() {
        boolean none = figures.failures().count() == 0;
        return within(
                "caller-sees-failure",
                "No caller waits long for its failure",
                tolerances.callerSeesFailure(),
                none ? null : figures.failures().max(),
                "no caller saw a failure");
    }

    private Check recover() {
        String id = "recover";
        String claim = "Writes succeed soon after the database is back";
        Duration tolerance = tolerances.recover();
        if (markers.restored() != null && markers.firstSuccess() == null && tolerance != null) {
            String within = "within " + format(tolerance);
            return afterwards == null
                    ? Check.notJudged(id, claim, within, "no write succeeded, and the load ended before that")
                    : Check.of(id, claim, within, "no write succeeded any more", false);
        }
        return within(id, claim, tolerance, figures.recover(), "the outage was not seen to end");
    }

    private static Check within(
            String id, String claim, @Nullable Duration tolerance, @Nullable Duration observed, String absence) {
        if (observed == null) {
            return Check.notJudged(
                    id, claim, tolerance == null ? "none given" : "within " + format(tolerance), absence);
        }
        return tolerance == null
                ? Check.notJudged(id, claim, "none given", format(observed))
                : Check.of(
                        id, claim, "within " + format(tolerance), format(observed), observed.compareTo(tolerance) <= 0);
    }

    private Check stored(
            String id, String claim, int tolerance, ToIntFunction<Account.Comparison> figure, String what) {
        Account.Comparison comparison = account.comparison();
        return comparison == null
                ? Check.notJudged(id, claim, atMost(tolerance), notReadBack())
                : counted(id, claim, tolerance, figure.applyAsInt(comparison), what);
    }

    private String notReadBack() {
        return operations.anyWrites() ? "the database was not read back" : "nothing was to be written";
    }

    private Check unresolved() {
        String id = "unresolved";
        String claim = "Every write of unknown outcome is settled by repeating it";
        String tolerance = atMost(tolerances.unresolved());
        if (!operations.anyRepeatable()) {
            return Check.notJudged(
                    id,
                    claim,
                    tolerance,
                    String.format(
                            Locale.ROOT, "%,d of unknown outcome, and none may be repeated", account.unrepeatable()));
        }
        return counted(
                id,
                claim,
                tolerances.unresolved(),
                account.unresolved(),
                String.format(
                        Locale.ROOT, "unsettled of %,d", account.count(Outcome.AMBIGUOUS) - account.unrepeatable()));
    }

    private static Check counted(String id, String claim, int tolerance, int observed, String what) {
        return Check.of(
                id,
                claim,
                atMost(tolerance),
                String.format(Locale.ROOT, "%,d %s", observed, what),
                observed <= tolerance);
    }

    /** A share as the experiment's author wrote it: 0.99 is 99 %, 0.995 is 99.5 %. */
    static String percent(double share) {
        return BigDecimal.valueOf(share)
                        .scaleByPowerOfTen(2)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }

    private static String atMost(int count) {
        return count == 0 ? "none" : String.format(Locale.ROOT, "at most %,d", count);
    }

    private static int failed(PhaseFigures phase) {
        return phase.count(Outcome.NOT_WRITTEN) + phase.count(Outcome.AMBIGUOUS) + phase.count(Outcome.REFUSED);
    }

    /** One of a rehearsal, many of a soak. */
    private List<PhaseFigures> phases(Phase phase) {
        return figures.phases().stream()
                .filter(candidate -> candidate.phase() == phase)
                .toList();
    }
}
