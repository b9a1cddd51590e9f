package dev.databasetraffic.mesh.manifest;

/** A file is not a manifest. The message is for the person at the terminal: file, line, what is wrong, what to do. */
public final class ManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    ManifestException(String message) {
        super(message);
    }

    ManifestException(String message, Throwable cause) {
        super(message, cause);
    }
}
