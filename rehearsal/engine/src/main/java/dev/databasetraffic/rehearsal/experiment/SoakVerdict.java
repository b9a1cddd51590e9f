package dev.databasetraffic.rehearsal.experiment;

import static dev.databasetraffic.rehearsal.experiment.HumanDuration.format;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Judges a soak: the ledger as a rehearsal's verdict does, and every recovery by the worst of them. */
final class SoakVerdict {

    /** What a rehearsal's verdict says of many outages as truly as of one. */
    private static final Set<String> LEDGER = Set.of(
            "steady-state", "writes-fail", "detect", "acknowledged-lost", "duplicates", "phantoms", "unresolved");

    private SoakVerdict() {}

    /**
     * @param figures with the slowest recovery
     * @param recoveries after how many outages there was one
     */
    static List<Check> checks(
            Experiment.Tolerances tolerances,
            Operations operations,
            Markers first,
            Figures figures,
            Account account,
            int recoveries) {
        List<Check> checks = new ArrayList<>();
        for (Check check : new Verdict(tolerances, operations, first, figures, account, null).checks()) {
            if (LEDGER.contains(check.id())) {
                checks.add(check);
            } else if (check.id().equals("caller-sees-failure")) {
                checks.add(failures(tolerances, figures));
            } else if (check.id().equals("recover")) {
                checks.add(recover(tolerances, figures, recoveries));
            }
        }
        return checks;
    }

    private static Check failures(Experiment.Tolerances tolerances, Figures figures) {
        String id = "caller-sees-failure";
        String claim = "No caller waits long for its failure";
        Duration limit = tolerances.callerSeesFailure();
        String observed = format(figures.failures().p99()) + " (99 of 100), longest "
                + format(figures.failures().max());
        return limit == null || figures.failures().count() == 0
                ? Check.notJudged(id, claim, "none given", observed)
                : Check.of(
                        id,
                        claim,
                        "99 of 100 within " + format(limit),
                        observed,
                        figures.failures().p99().compareTo(limit) <= 0);
    }

    private static Check recover(Experiment.Tolerances tolerances, Figures figures, int recoveries) {
        String id = "recover";
        String claim = "Writes succeed soon after each outage";
        long outages = figures.phases().stream()
                .filter(phase -> phase.phase() == Phase.OUTAGE)
                .count();
        Duration slowest = figures.recover();
        Duration limit = tolerances.recover();
        String observed = recoveries + " of " + outages + " outages"
                + (slowest == null ? "" : ", the slowest after " + format(slowest));
        return limit == null || outages == 0
                ? Check.notJudged(id, claim, "none given", observed)
                : Check.of(
                        id,
                        claim,
                        "all within " + format(limit),
                        observed,
                        recoveries == outages && slowest != null && slowest.compareTo(limit) <= 0);
    }
}
