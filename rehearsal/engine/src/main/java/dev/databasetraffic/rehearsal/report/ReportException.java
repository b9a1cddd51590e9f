package dev.databasetraffic.rehearsal.report;

/** A report could not be read or written. The message is for the person at the terminal: what, where, what to do. */
public class ReportException extends Exception {

    private static final long serialVersionUID = 1L;

    ReportException(String message) {
        super(message);
    }

    ReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
