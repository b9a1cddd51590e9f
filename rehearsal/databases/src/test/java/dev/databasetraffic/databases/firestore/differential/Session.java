package dev.databasetraffic.databases.firestore.differential;

import com.google.firestore.v1.BeginTransactionRequest;
import com.google.firestore.v1.ListCollectionIdsRequest;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A program's run on one server. Puts what that server gave out, such as the ids of transactions, in the place of the
 * placeholders in requests, and takes it out of answers, so that those of both servers can be compared.
 */
final class Session {

    /** Stands for a time that the server has told: the last, or so many before. */
    static final long TOLD_TIME = 3_000_000_000L;

    static final String PAGE = "page";
    static final String TRANSACTION = "transaction";

    private static final String PROJECT = "projects/p";
    private static final long SERVER_TIMES_FROM = 1_500_000_000L;
    private static final long SERVER_TIMES_TO = 3_000_000_000L;

    /** In the place of one that was refused. */
    private static final ByteString NONE = ByteString.copyFromUtf8("none");

    private final BareClient client;
    private final String project;
    private final List<ByteString> transactions = new ArrayList<>();
    private final Map<Message, Long> times = new HashMap<>();
    private final List<Message> toldTimes = new ArrayList<>();
    private String page = "";

    /** @param run makes the projects' names those of this run alone */
    Session(BareClient client, String run) {
        this.client = client;
        project = PROJECT + run;
    }

    static ByteString transaction(int index) {
        return ByteString.copyFromUtf8(TRANSACTION + index);
    }

    CallResult run(Message request) {
        int begun = transactions.size();
        if (request instanceof ListDocumentsRequest list && list.getPageToken().isEmpty()
                || request instanceof ListCollectionIdsRequest ids
                        && ids.getPageToken().isEmpty()) {
            page = "";
        }
        CallResult answer = client.call(rewrite(request, this::localised));
        List<Message> messages = answer.messages().stream()
                .map(message -> rewrite(message, this::normalised))
                .toList();
        if (begins(request) && transactions.size() == begun) {
            transactions.add(NONE);
        }
        return new CallResult(answer.code(), answer.description(), messages, answer.messages());
    }

    /** After one of two servers has told what the other has not. */
    void forgetAnswers() {
        toldTimes.clear();
        page = "";
    }

    private static boolean begins(Message request) {
        return request instanceof BeginTransactionRequest
                || request.getAllFields().keySet().stream()
                        .anyMatch(field -> field.getName().equals("new_transaction"));
    }

    private interface Rewriting {
        Object apply(FieldDescriptor field, Object value);
    }

    private static Message rewrite(Message message, Rewriting rewriting) {
        Message.Builder builder = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (field.isRepeated()) {
                builder.clearField(field);
                for (Object element : (List<?>) value) {
                    builder.addRepeatedField(field, rewritten(field, element, rewriting));
                }
            } else {
                builder.setField(field, rewritten(field, value, rewriting));
            }
        });
        return builder.build();
    }

    private static Object rewritten(FieldDescriptor field, Object value, Rewriting rewriting) {
        Object changed = rewriting.apply(field, value);
        return changed instanceof Message message && !isTime(field) ? rewrite(message, rewriting) : changed;
    }

    private Object localised(FieldDescriptor field, Object value) {
        if (value instanceof String text) {
            return field.getName().equals("page_token") && text.equals(PAGE) ? page : text.replace(PROJECT, project);
        }
        if (value instanceof ByteString bytes && bytes.toStringUtf8().startsWith(TRANSACTION)) {
            int index = Integer.parseInt(bytes.toStringUtf8().substring(TRANSACTION.length()));
            return index < transactions.size() ? transactions.get(index) : bytes;
        }
        if (isTime(field) && seconds(value) >= TOLD_TIME && !toldTimes.isEmpty()) {
            int back = (int) (seconds(value) - TOLD_TIME);
            return toldTimes.get(Math.max(0, toldTimes.size() - 1 - back));
        }
        return value;
    }

    private Object normalised(FieldDescriptor field, Object value) {
        if (isTime(field)) {
            return normalisedTime(field, (Message) value);
        }
        return switch (field.getName()) {
            case TRANSACTION -> {
                transactions.add((ByteString) value);
                yield ByteString.copyFromUtf8(TRANSACTION);
            }
            case "next_page_token" -> {
                page = (String) value;
                yield PAGE;
            }
            // When a document that is missing was deleted, only the genuine one knows.
            case "documents" -> value instanceof Message document ? withoutTimeOfDeletion(document) : value;
            // How a skipped result is counted among those that come is the server's own.
            case "skipped_results" -> 0;
            // Of a batch's statuses, which are all that have one.
            case "message" -> "";
            default -> value instanceof String text ? text.replace(project, PROJECT) : value;
        };
    }

    private static Message withoutTimeOfDeletion(Message document) {
        FieldDescriptor created = document.getDescriptorForType().findFieldByName("create_time");
        FieldDescriptor updated = document.getDescriptorForType().findFieldByName("update_time");
        return document.hasField(created)
                ? document
                : document.toBuilder().clearField(updated).build();
    }

    private Message normalisedTime(FieldDescriptor field, Message time) {
        long seconds = seconds(time);
        return switch (field.getName()) {
            case "read_time" -> Timestamp.getDefaultInstance();
            case "timestamp_value" ->
                seconds > SERVER_TIMES_FROM && seconds < SERVER_TIMES_TO ? Timestamp.getDefaultInstance() : time;
            default -> {
                if (field.getName().equals("update_time")) {
                    toldTimes.add(time);
                }
                yield Timestamp.newBuilder()
                        .setSeconds(times.computeIfAbsent(time, first -> (long) times.size()))
                        .build();
            }
        };
    }

    private static boolean isTime(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && Objects.equals(
                        field.getMessageType().getFullName(),
                        Timestamp.getDescriptor().getFullName());
    }

    private static long seconds(Object time) {
        Message message = (Message) time;
        return (Long) message.getField(message.getDescriptorForType().findFieldByName("seconds"));
    }
}
