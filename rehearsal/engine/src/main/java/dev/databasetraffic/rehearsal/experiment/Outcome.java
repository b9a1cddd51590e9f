package dev.databasetraffic.rehearsal.experiment;

/** What became of a write, as far as the answer to its caller tells. */
public enum Outcome {
    /** The service answered that the plant is stored. */
    ACKNOWLEDGED("acknowledged"),
    /** The service answered, or the connection's refusal proves, that nothing was written. */
    NOT_WRITTEN("not written"),
    /** Nobody can tell from the answer: a timeout, a broken connection, an answer that says so or says nothing. */
    AMBIGUOUS("outcome unknown"),
    /** The service refused the request itself (4xx). */
    REFUSED("refused"),
    /** The rehearsal's own limit of writes in flight kept it back; the service never saw it. */
    NOT_SENT("not sent");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** For a reader. */
    public String label() {
        return label;
    }

    /** Whether a caller was told, or had to conclude, that the write did not succeed. */
    public boolean isFailure() {
        return this == NOT_WRITTEN || this == AMBIGUOUS || this == REFUSED;
    }
}
