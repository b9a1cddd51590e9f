package dev.databasetraffic.channelguard;

import io.grpc.Attributes;
import java.util.HashMap;
import java.util.Map;

/**
 * Which of a channel's connections does not answer while another one does: with load balancing, the calls that meet it fail
 * and the channel as a whole looks well.
 */
final class Silences {

    /** One call out of time may be a slow one. */
    private static final int DEAF = 2;

    /** Connections come and go; what was known of them is not kept for ever. */
    private static final int MOST_CONNECTIONS = 256;

    private final Map<Attributes, Long> lastAnswers = new HashMap<>();
    private final Map<Attributes, Integer> outOfTime = new HashMap<>();
    private boolean deaf;

    synchronized void answered(Attributes connection, long moment) {
        if (lastAnswers.size() >= MOST_CONNECTIONS) {
            lastAnswers.clear();
        }
        lastAnswers.put(connection, moment);
        outOfTime.remove(connection);
    }

    /** A call on that connection, begun at that moment, went unanswered, while calls on others did not. */
    synchronized void outOfTime(Attributes connection, long began) {
        Long answer = lastAnswers.get(connection);
        if (!connection.equals(Attributes.EMPTY) && (answer == null || answer - began < 0)) {
            deaf |= outOfTime.merge(connection, 1, Integer::sum) >= DEAF;
        }
    }

    synchronized boolean takeDeaf() {
        boolean was = deaf;
        deaf = false;
        return was;
    }

    synchronized void clear() {
        lastAnswers.clear();
        outOfTime.clear();
        deaf = false;
    }
}
