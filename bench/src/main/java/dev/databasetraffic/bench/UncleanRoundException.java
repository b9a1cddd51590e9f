package dev.databasetraffic.bench;

import java.io.IOException;

/** A request of a round was not acknowledged, so that the round counts for nothing. */
final class UncleanRoundException extends IOException {

    private static final long serialVersionUID = 1;

    UncleanRoundException(String message) {
        super(message);
    }
}
