package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;

/** The parts of a rehearsal, in their order. */
public enum Phase {
    WARM_UP("warm-up"),
    STEADY("steady state"),
    OUTAGE("outage"),
    RECOVERY("recovery"),
    SETTLE("settling"),
    VERIFY("verification");

    private final String label;

    Phase(String label) {
        this.label = label;
    }

    /** For a reader. */
    public String label() {
        return label;
    }

    /** When a phase began and ended, since the run's start. */
    public record Span(Phase phase, Duration start, Duration end) {

        boolean contains(Duration time) {
            return time.compareTo(start) >= 0 && time.compareTo(end) < 0;
        }
    }
}
