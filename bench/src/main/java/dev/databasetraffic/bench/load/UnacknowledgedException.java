package dev.databasetraffic.bench.load;

import java.io.IOException;

/** A request was not acknowledged, so that its round counts for nothing. */
public final class UnacknowledgedException extends IOException {

    private static final long serialVersionUID = 1;

    public UnacknowledgedException(String message) {
        super(message);
    }
}
