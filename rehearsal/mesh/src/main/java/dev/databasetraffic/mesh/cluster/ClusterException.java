package dev.databasetraffic.mesh.cluster;

/** No cluster could be read. The message is for the person at the terminal: what, where, what to do. */
public final class ClusterException extends Exception {

    private static final long serialVersionUID = 1L;

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
