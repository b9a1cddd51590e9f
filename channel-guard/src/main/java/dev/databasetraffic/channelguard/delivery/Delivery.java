package dev.databasetraffic.channelguard.delivery;

import io.grpc.Status;

/** What a call that did not succeed may have done on the far side. */
public enum Delivery {
    /** Nothing: it never got a stream to the far side, or the far side never processed what it got. */
    NOT_SENT,
    /** Anything: it was sent, and no answer says that it was not carried out; one may say that it was. */
    SENT_UNKNOWN,
    /**
     * Nothing but what a refusal does: the answer came from the far side, is not {@code OK}, and its {@link #isDefinite code
     * is definite}; no earlier attempt's end is unknown.
     */
    ANSWERED;

    /**
     * Whether a far side that answers so has looked at the request and has surely carried it out, or surely not. Others
     * may come from a server that gave up half-way.
     *
     * @param code of the answer
     * @return false for {@code CANCELLED}, {@code UNKNOWN}, {@code DEADLINE_EXCEEDED}, {@code INTERNAL}, {@code UNAVAILABLE}
     *     and {@code DATA_LOSS}
     * @see <a href="https://grpc.io/docs/guides/status-codes/">Status codes</a>
     */
    public static boolean isDefinite(Status.Code code) {
        return switch (code) {
            case OK,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    UNAUTHENTICATED -> true;
            case CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, UNAVAILABLE, DATA_LOSS -> false;
        };
    }
}
