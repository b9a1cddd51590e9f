package dev.databasetraffic.databases;

import java.io.IOException;

/** A database could not be had, started or read. The message is for the person at the terminal: what, where, what to do. */
public class DatabaseException extends IOException {

    private static final long serialVersionUID = 1L;

    public DatabaseException(String message) {
        super(message);
    }

    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
