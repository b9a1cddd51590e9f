package dev.databasetraffic.plants.edge;

import java.time.Duration;

/** Tells, burst by burst of a load, when the service gets no faster by more of it. */
final class LoadProgress {

    /** A burst has to bring so much more than the best before it, or this many do not, with the compilers at rest. */
    private static final double FASTER = 1.05;

    private static final int NO_FASTER = 4;

    /** Before so many were answered the second compiler has not been told all that it is to compile, however busy it is. */
    private static final int FEW = 15_000;

    /** Compilers that have worked longer than this for a burst were what it was slow by. */
    private static final Duration AT_REST = Duration.ofMillis(400);

    private long answered;
    private long best;
    private int noFaster;

    /**
     * @param answers of one burst
     * @param compiled how long compilers have worked meanwhile, and until they had caught up
     */
    void burst(long answers, Duration compiled) {
        answered += answers;
        if (answers > FASTER * best) {
            noFaster = 0;
        } else if (answered > FEW && compiled.compareTo(AT_REST) < 0) {
            noFaster++;
        }
        best = Math.max(best, answers);
    }

    boolean isOver() {
        return noFaster >= NO_FASTER;
    }

    long answered() {
        return answered;
    }

    /** Answers of the best burst. */
    long best() {
        return best;
    }
}
