package dev.databasetraffic.rehearsal.http;

/**
 * What came of a request.
 *
 * @param status of the answer, 0 if there was none
 * @param body of the answer
 */
public record HttpReply(End end, int status, String body) {

    /** How it ended. */
    public enum End {
        /** With a whole answer. */
        ANSWERED,
        /** There was no connection, so that the server never saw it. */
        NOT_CONNECTED,
        /** The time for it was up. */
        TIMED_OUT,
        /** The connection ended, or what came was no answer. */
        BROKEN
    }

    static HttpReply of(int status, String body) {
        return new HttpReply(End.ANSWERED, status, body);
    }

    static HttpReply none(End end) {
        return new HttpReply(end, 0, "");
    }
}
