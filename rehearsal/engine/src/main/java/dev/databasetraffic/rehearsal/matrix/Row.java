package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.rehearsal.experiment.Account;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.Figures;
import dev.databasetraffic.rehearsal.experiment.HumanDuration;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fault, one client, one outage. Times are absent if what they time was not seen.
 *
 * @param seen what the service saw on the wire
 * @param answers what callers got in place of a success, writes that were under way when the outage began included
 * @param firstFailure from the fault's begin
 * @param recover from the fault's end to the first success
 * @param acknowledged writes acknowledged at once
 * @param lost acknowledged but not stored; -1 if the database was not read back; likewise the next two
 * @param phantoms reported as not written but stored
 * @param unknown writes whose callers were told, or had to conclude, that the outcome is unknown
 * @param settled those of them that a repetition settled
 * @param defects what breaks the promise to callers; empty if nothing does
 */
public record Row(
        String client,
        String fault,
        String seen,
        Connections connections,
        Duration outage,
        int acknowledged,
        List<Figures.AnswerFigures> answers,
        Figures.Latency failures,
        @Nullable Duration firstFailure,
        @Nullable Duration recover,
        int lost,
        int duplicates,
        int phantoms,
        int unknown,
        int settled,
        List<String> defects) {

    static Row of(String client, Trouble trouble, Connections connections, Duration outage, Run run) {
        Account account = run.account();
        Account.Comparison stored = account.comparison();
        List<Figures.AnswerFigures> answers = run.figures().answers().stream()
                .filter(answer -> answer.answer().outcome().isFailure())
                .toList();
        return new Row(
                client,
                trouble.name(),
                trouble.seen(),
                connections,
                outage,
                account.count(Outcome.ACKNOWLEDGED),
                answers,
                run.figures().failures(),
                run.figures().detectFromApplied(),
                run.figures().recover(),
                stored == null ? -1 : stored.acknowledgedLost(),
                stored == null ? -1 : stored.duplicates(),
                stored == null ? -1 : stored.phantoms(),
                account.count(Outcome.AMBIGUOUS),
                account.settledWritten(),
                run.status() == Run.Status.COMPLETED
                        ? defects(run.experiment().tolerances(), run.figures(), account, answers)
                        : List.of("not run: " + run.problem()));
    }

    /** Whether every promise was kept. */
    public boolean isGood() {
        return defects.isEmpty();
    }

    private static List<String> defects(
            Experiment.Tolerances tolerances, Figures figures, Account account, List<Figures.AnswerFigures> answers) {
        List<String> found = new ArrayList<>();
        Duration p99 = figures.failures().p99();
        if (isOver(p99, tolerances.failure99())) {
            found.add("99 of 100 failures within " + HumanDuration.format(p99));
        }
        Duration recover = figures.recover();
        if (recover == null) {
            found.add("no success after the outage");
        } else if (isOver(recover, tolerances.recover())) {
            found.add("recovered after " + HumanDuration.format(recover));
        }
        Account.Comparison stored = account.comparison();
        if (stored != null && (stored.acknowledgedLost() != 0 || stored.duplicates() != 0 || stored.phantoms() != 0)) {
            found.add(stored.acknowledgedLost() + " lost, " + stored.duplicates() + " doubled, " + stored.phantoms()
                    + " stored though reported as not written");
        }
        if (account.unresolved() > 0) {
            found.add(account.unresolved() + " unresolved");
        }
        answers.stream()
                .map(Figures.AnswerFigures::answer)
                // A caller who is told that his request is wrong is told something wrong.
                .filter(answer -> !answer.foreseen() || answer.outcome() == Outcome.REFUSED)
                .map(answer -> ((answer.status() == 0 ? "" : answer.status() + " ") + answer.kind()).trim())
                .distinct()
                .forEach(answer -> found.add("callers got: " + answer));
        return found;
    }

    private static boolean isOver(Duration observed, @Nullable Duration tolerance) {
        return tolerance != null && observed.compareTo(tolerance) > 0;
    }
}
