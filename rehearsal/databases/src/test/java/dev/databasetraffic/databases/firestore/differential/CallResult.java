package dev.databasetraffic.databases.firestore.differential;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.grpc.Status;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a call came to: a status, and the messages before it.
 *
 * @param description not compared
 * @param messages without what only that server could know
 * @param sent as they were sent, for people to read
 */
public record CallResult(Status.Code code, String description, List<Message> messages, List<Message> sent) {

    boolean agreesWith(CallResult other) {
        return code == other.code && messages.equals(other.messages);
    }

    @Override
    public String toString() {
        return code
                + (description.isEmpty() ? "" : " \"" + description + "\"")
                + sent.stream()
                        .map(message -> "\n    "
                                + TextFormat.printer().emittingSingleLine(true).printToString(message))
                        .collect(Collectors.joining());
    }
}
