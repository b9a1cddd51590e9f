package dev.databasetraffic.embedded;

import com.google.firestore.v1.Precondition;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import org.jspecify.annotations.Nullable;

/** What a write asks of the document that is stored; both null if nothing. */
record Requirement(@Nullable Boolean exists, @Nullable Timestamp updated) {

    private static final int MICRO = 1000;

    static Requirement parse(Precondition precondition) {
        return switch (precondition.getConditionTypeCase()) {
            case EXISTS -> new Requirement(precondition.getExists(), null);
            case UPDATE_TIME -> {
                if (precondition.getUpdateTime().getNanos() % MICRO != 0) {
                    throw StatusExceptions.invalid("timestamp cannot have more than microseconds precision");
                }
                yield new Requirement(null, precondition.getUpdateTime());
            }
            case CONDITIONTYPE_NOT_SET -> new Requirement(null, null);
        };
    }

    /** @throws io.grpc.StatusRuntimeException with the status that a write gets whose requirement isn't met */
    void check(ResourcePath path, @Nullable StoredDocument stored) {
        if (exists != null && exists && stored == null) {
            throw StatusExceptions.nothingToUpdate(path);
        }
        if (exists != null && !exists && stored != null) {
            throw StatusExceptions.alreadyExists(path);
        }
        // Of a document that does not exist, the version is 0.
        long version = stored == null ? 0 : Timestamps.toMicros(stored.updated());
        if (updated != null && stored != null && Timestamps.toMicros(updated) > version) {
            throw StatusExceptions.invalid("Invalid base version, it is greater than the stored version: " + path);
        }
        if (updated != null && Timestamps.toMicros(updated) != version) {
            throw StatusExceptions.failedPrecondition("the stored version (" + version
                    + ") does not match the required base version (" + Timestamps.toMicros(updated) + ")");
        }
    }
}
