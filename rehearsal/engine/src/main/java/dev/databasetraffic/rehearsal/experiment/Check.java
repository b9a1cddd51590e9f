package dev.databasetraffic.rehearsal.experiment;

/**
 * One part of the hypothesis, judged.
 *
 * @param id stable name for machines
 * @param claim what is claimed, as a sentence
 * @param tolerance what would still be acceptable
 * @param observed what was seen
 */
public record Check(String id, String claim, String tolerance, String observed, Result result) {

    /** Whether the claim held. */
    public enum Result {
        HELD("held"),
        BROKEN("did not hold"),
        /** There was nothing to judge by; neither for nor against the hypothesis. */
        NOT_JUDGED("not judged");

        private final String label;

        Result(String label) {
            this.label = label;
        }

        /** For a reader. */
        public String label() {
            return label;
        }
    }

    static Check of(String id, String claim, String tolerance, String observed, boolean held) {
        return new Check(id, claim, tolerance, observed, held ? Result.HELD : Result.BROKEN);
    }

    /** The same observation, but neither for nor against the hypothesis. */
    Check withdrawn() {
        return new Check(id, claim, tolerance, observed, Result.NOT_JUDGED);
    }

    static Check notJudged(String id, String claim, String tolerance, String why) {
        return new Check(id, claim, tolerance, why, Result.NOT_JUDGED);
    }
}
