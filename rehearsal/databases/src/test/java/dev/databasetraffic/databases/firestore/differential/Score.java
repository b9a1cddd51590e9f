package dev.databasetraffic.databases.firestore.differential;

import com.google.protobuf.Message;
import java.util.Map;
import java.util.TreeMap;

/** What was compared, by several comparisons at once: how often each call came to which status, and how often which difference was meant. */
final class Score {

    private final Map<String, Integer> answers = new TreeMap<>();
    private final Map<Meant, Integer> meant = new TreeMap<>();
    private int operations;

    synchronized void count(Message request, CallResult genuine) {
        operations++;
        answers.merge(
                request.getDescriptorForType().getName() + " " + genuine.code()
                        + (hasMore(genuine) ? " with documents" : ""),
                1,
                Integer::sum);
    }

    /** A query that finds nothing tells little. */
    private static boolean hasMore(CallResult answer) {
        return answer.messages().stream().anyMatch(message -> message.toString().contains("fields {"));
    }

    synchronized void count(Meant difference) {
        meant.merge(difference, 1, Integer::sum);
    }

    synchronized int operations() {
        return operations;
    }

    /** By the request's name and the status. */
    synchronized Map<String, Integer> answers() {
        return Map.copyOf(answers);
    }

    @Override
    public synchronized String toString() {
        return operations + " operations: " + answers + "; meant differences: " + meant;
    }
}
