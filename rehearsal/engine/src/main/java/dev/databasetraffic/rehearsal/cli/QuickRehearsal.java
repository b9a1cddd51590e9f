package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.HumanDuration;
import java.time.Duration;

/** An experiment whose phases are cut short, and what it then cannot show. */
final class QuickRehearsal {

    /** How long open connections outlive a rule, so that the outage is one. */
    static final Duration DRAIN = Duration.ofSeconds(1);

    private static final Experiment.Phases AT_MOST = new Experiment.Phases(
            Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(3), Duration.ofSeconds(5));

    /** How long it is to be seen that a service is back. */
    private static final Duration STEADY_AGAIN = Duration.ofSeconds(1);

    private QuickRehearsal() {}

    static Experiment of(Experiment whole) {
        Experiment.Phases phases = whole.phases();
        return whole.with(
                whole.title(),
                whole.fault(),
                new Experiment.Phases(
                        shorter(phases.steady(), AT_MOST.steady()),
                        shorter(phases.outage(), AT_MOST.outage()),
                        shorter(phases.recovery(), recovery(whole.tolerances())),
                        shorter(phases.settle(), AT_MOST.settle())),
                whole.load(),
                whole.tolerances());
    }

    /** For the reader of the verdict. */
    static String note(Experiment whole) {
        return "This was the quick rehearsal: an outage of "
                + HumanDuration.format(of(whole).phases().outage()) + " instead of "
                + HumanDuration.format(whole.phases().outage())
                + ". What only a longer one brings was not seen: a client that backs off pauses the longer the longer it"
                + " failed, callers and connections pile up, and names, tokens and leases expire. A recovery as quick as"
                + " this says nothing of the one after "
                + HumanDuration.format(whole.phases().outage()) + "; leave out --quick for that.";
    }

    /** With time to see that writes succeed as before, once they may take no longer. */
    private static Duration recovery(Experiment.Tolerances tolerances) {
        Duration tolerated = tolerances.recover();
        return tolerated == null ? AT_MOST.recovery() : longer(AT_MOST.recovery(), tolerated.plus(STEADY_AGAIN));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
