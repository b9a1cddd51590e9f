package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.rehearsal.experiment.Run;

/** The exit codes of {@code ./rehearse}. */
final class Exit {

    static final int HELD = 0;
    static final int DID_NOT_HOLD = 1;
    static final int BAD_INPUT = 2;
    static final int COULD_NOT_RUN = 3;
    /** What a shell reports for a process that Ctrl-C ended. */
    static final int INTERRUPTED = 130;

    private Exit() {}

    static int of(Run run) {
        return switch (run.status()) {
            case COMPLETED -> run.held() ? HELD : DID_NOT_HOLD;
            case FAILED -> COULD_NOT_RUN;
            case INTERRUPTED -> INTERRUPTED;
        };
    }
}
