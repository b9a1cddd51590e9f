package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.Progress.Tick;
import java.time.Duration;

/**
 * How far a run is.
 *
 * @param step of a run of several parts, e.g. which row of a matrix; empty for a run of one
 * @param began when the phase did, in ms since 1970
 * @param planned in ms, 0 where nobody knows
 * @param acknowledged writes since the run's start; likewise the other counts
 */
record RunState(
        String step, String phase, long began, long planned, int acknowledged, int failed, int unknown, int inFlight) {

    static final RunState NONE = new RunState("", "", 0, 0, 0, 0, 0, 0);

    RunState at(String newStep, long now) {
        return new RunState(newStep, "", now, 0, 0, 0, 0, 0);
    }

    RunState in(Phase newPhase, Duration newlyPlanned, long now) {
        return new RunState(
                step, newPhase.label(), now, newlyPlanned.toMillis(), acknowledged, failed, unknown, inFlight);
    }

    RunState with(Tick tick) {
        return new RunState(
                step, phase, began, planned, tick.acknowledged(), tick.failed(), tick.ambiguous(), tick.inFlight());
    }
}
