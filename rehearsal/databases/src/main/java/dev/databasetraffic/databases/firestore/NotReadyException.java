package dev.databasetraffic.databases.firestore;

/** No genuine emulator lies ready that a Java of this machine can run, and none was named. */
public class NotReadyException extends EmulatorException {

    private static final long serialVersionUID = 1L;

    public NotReadyException(String message) {
        super(message);
    }
}
