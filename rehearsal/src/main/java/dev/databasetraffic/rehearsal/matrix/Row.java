package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.rehearsal.experiment.Account;
import dev.databasetraffic.rehearsal.experiment.Figures;
import dev.databasetraffic.rehearsal.experiment.HumanDuration;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.fault.Connections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    /** The service's deadline of 2 s and a quarter of a second. */
    static final Duration FAILURE_BOUND = Duration.ofMillis(2250);

    static final Duration RECOVERY_BOUND = Duration.ofSeconds(2);

    private static final Set<String> PROBLEMS = Set.of(
            "urn:problem:plants:database-unavailable",
            "urn:problem:plants:database-refused",
            "urn:problem:plants:outcome-unknown");

    static Row of(String client, Trouble trouble, Connections connections, Duration outage, Run run) {
        Account.Comparison stored = run.account().comparison();
        Row row = new Row(
                client,
                trouble.name(),
                trouble.seen(),
                connections,
                outage,
                run.account().count(Outcome.ACKNOWLEDGED),
                run.figures().answers().stream()
                        .filter(answer -> answer.answer().outcome().isFailure())
                        .toList(),
                run.figures().failures(),
                run.figures().detectFromApplied(),
                run.figures().recover(),
                stored == null ? -1 : stored.acknowledgedLost(),
                stored == null ? -1 : stored.duplicates(),
                stored == null ? -1 : stored.phantoms(),
                run.account().count(Outcome.AMBIGUOUS),
                run.account().settledWritten(),
                List.of());
        return row.with(run.status() == Run.Status.COMPLETED ? row.judge() : List.of("not run: " + run.problem()));
    }

    /** Whether every promise was kept. */
    public boolean isGood() {
        return defects.isEmpty();
    }

    private List<String> judge() {
        List<String> found = new ArrayList<>();
        if (failures.p99().compareTo(FAILURE_BOUND) > 0) {
            found.add("99 of 100 failures within " + HumanDuration.format(failures.p99()));
        }
        if (recover == null) {
            found.add("no success after the outage");
        } else if (recover.compareTo(RECOVERY_BOUND) > 0) {
            found.add("recovered after " + HumanDuration.format(recover));
        }
        if (lost != 0 || duplicates != 0 || phantoms != 0) {
            found.add(
                    lost + " lost, " + duplicates + " doubled, " + phantoms + " stored though reported as not written");
        }
        if (settled < unknown) {
            found.add(unknown - settled + " unresolved");
        }
        answers.stream()
                .map(answer -> answer.answer().kind())
                .filter(kind -> !PROBLEMS.contains(kind))
                .distinct()
                .forEach(kind -> found.add("callers got: " + kind));
        return found;
    }

    private Row with(List<String> newDefects) {
        return new Row(
                client,
                fault,
                seen,
                connections,
                outage,
                acknowledged,
                answers,
                failures,
                firstFailure,
                recover,
                lost,
                duplicates,
                phantoms,
                unknown,
                settled,
                newDefects);
    }
}
