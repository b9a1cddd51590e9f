package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;

/** Told what happens while a rehearsal runs; on any thread, and must return at once. */
public interface Progress {

    /** A phase begins that is planned to last so long, or at most so long. */
    void phase(Phase phase, Duration planned);

    /** Some time has passed in the phase. */
    void tick(Tick tick);

    /** Something happened that belongs on the screen: a mesh event, the first failure. */
    void event(Duration at, String what);

    /** A write has ended. */
    default void ended(Write write) {}

    /**
     * The state of the run.
     *
     * @param inPhase since the phase began
     * @param acknowledged writes acknowledged since the run's start; likewise the other counts
     */
    record Tick(
            Phase phase,
            Duration inPhase,
            Duration planned,
            int acknowledged,
            int failed,
            int ambiguous,
            int inFlight) {}

    /** Tells both, in this order. */
    static Progress both(Progress one, Progress other) {
        return new Progress() {
            @Override
            public void phase(Phase phase, Duration planned) {
                one.phase(phase, planned);
                other.phase(phase, planned);
            }

            @Override
            public void tick(Tick tick) {
                one.tick(tick);
                other.tick(tick);
            }

            @Override
            public void event(Duration at, String what) {
                one.event(at, what);
                other.event(at, what);
            }

            @Override
            public void ended(Write write) {
                one.ended(write);
                other.ended(write);
            }
        };
    }

    /** Says nothing to nobody. */
    Progress SILENT = new Progress() {
        @Override
        public void phase(Phase phase, Duration planned) {}

        @Override
        public void tick(Tick tick) {}

        @Override
        public void event(Duration at, String what) {}
    };
}
