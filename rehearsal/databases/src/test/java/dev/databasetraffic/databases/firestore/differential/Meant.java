package dev.databasetraffic.databases.firestore.differential;

import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.RunQueryRequest;
import com.google.protobuf.Message;
import io.grpc.Status;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Differences that are meant; the README of embedded-firestore says why. */
enum Meant {
    A_CRASH_IS_NOT_COPIED {
        @Override
        boolean explains(Message request, CallResult genuine, CallResult standIn, boolean queryRefused) {
            return genuine.code() == Status.Code.UNKNOWN
                    && genuine.description().equals("null");
        }
    },
    THE_PAST_IS_NOT_READ {
        @Override
        boolean explains(Message request, CallResult genuine, CallResult standIn, boolean queryRefused) {
            return request instanceof GetDocumentRequest get && get.hasReadTime() && isUnimplemented(standIn);
        }
    },
    VECTORS_ARE_NOT_SEARCHED {
        @Override
        boolean explains(Message request, CallResult genuine, CallResult standIn, boolean queryRefused) {
            return request instanceof RunQueryRequest run
                    && run.getStructuredQuery().hasFindNearest()
                    && isUnimplemented(standIn);
        }
    },
    MISSING_DOCUMENTS_ARE_LISTED_BY_THE_SAME_RULES {
        @Override
        boolean explains(Message request, CallResult genuine, CallResult standIn, boolean queryRefused) {
            return request instanceof ListDocumentsRequest list
                    && list.getShowMissing()
                    && (list.hasMask()
                            || list.getPageSize() < 0
                            || standIn.description().contains(TOO_LONG)
                            || standIn.description().contains("in a different database"));
        }
    },
    ONE_OF_SEVERAL_FAULTS_IS_TOLD {
        @Override
        boolean explains(Message request, CallResult genuine, CallResult standIn, boolean queryRefused) {
            return request instanceof RunQueryRequest
                    && FAULTS.contains(genuine.code())
                    && FAULTS.contains(standIn.code());
        }
    },
    A_FILTER_HAS_AN_OPERATOR {
        @Override
        boolean explains(Message request, CallResult genuine, CallResult standIn, boolean queryRefused) {
            return standIn.description().equals("Unknown FieldFilter operator.");
        }
    },
    A_PATH_HAS_A_LENGTH {
        @Override
        boolean explains(Message request, CallResult genuine, CallResult standIn, boolean queryRefused) {
            return standIn.description().equals("property path is longer than 1500 bytes.");
        }
    },
    A_QUERY_THAT_IS_REFUSED_LOCKS_NOTHING {
        @Override
        boolean explains(Message request, CallResult genuine, CallResult standIn, boolean queryRefused) {
            return queryRefused && lockTimeouts(genuine) > lockTimeouts(standIn);
        }
    },
    NOTHING_IS_KEPT_OF_WHAT_WAS_DELETED {
        @Override
        boolean explains(Message request, CallResult genuine, CallResult standIn, boolean queryRefused) {
            return standIn.toString().contains("the stored version (0) does not match")
                    && genuine.toString().contains("no entity to update");
        }
    },
    WHAT_A_LATER_WRITE_REPLACES_HAS_LIMITS_TOO {
        @Override
        boolean explains(Message request, CallResult genuine, CallResult standIn, boolean queryRefused) {
            return request instanceof CommitRequest commit
                    && commit.getWritesCount() > 1
                    && LIMITS.stream().anyMatch(standIn.description()::contains);
        }
    };

    private static final Set<Meant> READS = EnumSet.of(
            THE_PAST_IS_NOT_READ,
            VECTORS_ARE_NOT_SEARCHED,
            MISSING_DOCUMENTS_ARE_LISTED_BY_THE_SAME_RULES,
            A_FILTER_HAS_AN_OPERATOR);
    private static final Set<Status.Code> FAULTS =
            Set.of(Status.Code.INVALID_ARGUMENT, Status.Code.FAILED_PRECONDITION);
    private static final String LOCK_TIMEOUT = "Transaction lock timeout.";
    private static final String TOO_LONG = "is longer than";
    private static final List<String> LIMITS =
            List.of("is the empty string", "contains an invalid nested entity", TOO_LONG);

    abstract boolean explains(Message request, CallResult genuine, CallResult standIn, boolean queryRefused);

    /** @param queryRefused whether a query in a transaction was refused before */
    static Optional<Meant> find(Message request, CallResult genuine, CallResult standIn, boolean queryRefused) {
        return Arrays.stream(values())
                .filter(meant -> meant.explains(request, genuine, standIn, queryRefused))
                .findFirst();
    }

    /** Whether what follows can still be compared: what one has refused has neither locked nor begun anything there. */
    boolean leavesThemEqual(Message request) {
        return READS.contains(this)
                && request.getAllFields().keySet().stream()
                        .noneMatch(field -> field.getName().endsWith("transaction"));
    }

    /** One for each write of a batch that ended so. */
    private static long lockTimeouts(CallResult answer) {
        return answer.toString().split(Pattern.quote(LOCK_TIMEOUT), -1).length - 1;
    }

    private static boolean isUnimplemented(CallResult answer) {
        return answer.code() == Status.Code.UNIMPLEMENTED;
    }
}
