package dev.databasetraffic.mesh.controlplane;

import java.util.List;

/**
 * What is said to whoever starts or stops an outage.
 *
 * @param lines where connections go, then sentences
 */
record Reply(Kind kind, List<String> lines) {

    /** How it went, and the status of HTTP that says so. */
    enum Kind {
        IN_FORCE(200),
        /** There is no outage of that name. */
        UNKNOWN_NAME(404),
        /** Taken, and Envoy does the same as without it. */
        WITHOUT_EFFECT(409),
        /** Not taken; Envoy does what it would do without it. */
        REFUSED(422),
        /** Nothing can be taken now. */
        NOT_READY(503),
        /** It is not known what is in force. */
        UNKNOWN(504);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }
}
