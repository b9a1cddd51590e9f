package dev.databasetraffic.rehearsal.experiment;

import static dev.databasetraffic.rehearsal.experiment.HumanDuration.format;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Judges a soak: the ledger as a rehearsal's verdict does, and every recovery by the worst of them. */
final class SoakVerdict {

    /** What a rehearsal's verdict says of many outages as truly as of one. */
    private static final Set<String> LEDGER = Set.of(
            "steady-state", "writes-fail", "detect", "acknowledged-lost", "duplicates", "phantoms", "unresolved");

    private SoakVerdict() {}

    /** @param recoveries how long each outage's recovery took; an outage without one has none in here */
    static List<Check> checks(
            Experiment.Tolerances tolerances,
            Operations operations,
            Markers first,
            Figures figures,
            Account account,
            List<Duration> recoveries) {
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

    private static Check recover(Experiment.Tolerances tolerances, Figures figures, List<Duration> recoveries) {
        String id = "recover";
        String claim = "Writes succeed soon after each outage";
        long outages = figures.phases().stream()
                .filter(phase -> phase.phase() == Phase.OUTAGE)
                .count();
        Duration worst = recoveries.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
        Duration limit = tolerances.recover();
        String observed = recoveries.size() + " of " + outages + " outages, the slowest after " + format(worst);
        return limit == null || outages == 0
                ? Check.notJudged(id, claim, "none given", observed)
                : Check.of(
                        id,
                        claim,
                        "all within " + format(limit),
                        observed,
                        recoveries.size() == outages && worst.compareTo(limit) <= 0);
    }
}
