package dev.databasetraffic.databases.firestore;

import java.io.IOException;

/** The emulator could not be found, started or asked. The message is for the person at the terminal. */
public class EmulatorException extends IOException {

    private static final long serialVersionUID = 1L;

    public EmulatorException(String message) {
        super(message);
    }

    public EmulatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
