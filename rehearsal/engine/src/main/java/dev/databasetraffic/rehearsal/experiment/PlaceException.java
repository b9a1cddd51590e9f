package dev.databasetraffic.rehearsal.experiment;

/** The place, not the hypothesis, failed. The message is for the person at the terminal: what, where, what to do. */
public class PlaceException extends Exception {

    private static final long serialVersionUID = 1L;

    public PlaceException(String message) {
        super(message);
    }

    public PlaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
