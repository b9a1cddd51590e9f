package dev.databasetraffic.rehearsal.experiment;

/** The experiment is not one that can be run. The message is for its author: file, line, member, limit, example. */
public class ExperimentException extends Exception {

    private static final long serialVersionUID = 1L;

    public ExperimentException(String message) {
        super(message);
    }
}
