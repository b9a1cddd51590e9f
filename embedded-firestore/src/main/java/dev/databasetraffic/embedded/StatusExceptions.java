package dev.databasetraffic.embedded;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The answers to calls that are not carried out; the words are the genuine emulator's where it has some. */
final class StatusExceptions {

    static final String LOCK_TIMEOUT = "Transaction lock timeout.";

    private StatusExceptions() {}

    static StatusRuntimeException invalid(String message) {
        return refusal(Status.INVALID_ARGUMENT, message);
    }

    static StatusRuntimeException failedPrecondition(String message) {
        return refusal(Status.FAILED_PRECONDITION, message);
    }

    static StatusRuntimeException notFound(String message) {
        return refusal(Status.NOT_FOUND, message);
    }

    static StatusRuntimeException alreadyExists(ResourcePath path) {
        return refusal(Status.ALREADY_EXISTS, "entity already exists: " + path);
    }

    static StatusRuntimeException nothingToUpdate(ResourcePath path) {
        return notFound("no entity to update: " + path);
    }

    static StatusRuntimeException aborted(String message) {
        return refusal(Status.ABORTED, message);
    }

    static StatusRuntimeException exhausted(String message) {
        return refusal(Status.RESOURCE_EXHAUSTED, message);
    }

    static StatusRuntimeException unimplemented(String what) {
        return refusal(Status.UNIMPLEMENTED, what + " is not among what the embedded Firestore stand-in does.");
    }

    private static StatusRuntimeException refusal(Status status, String message) {
        return status.withDescription(message).asRuntimeException();
    }
}
