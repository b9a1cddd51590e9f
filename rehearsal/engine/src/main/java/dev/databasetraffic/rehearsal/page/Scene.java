package dev.databasetraffic.rehearsal.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The service graph with what flows, as the page draws it. A figure that is not known is null, never 0. */
record Scene(List<Node> nodes, List<Edge> edges, @Nullable String problem) {

    enum Kind {
        CALLERS,
        SERVICE,
        DATABASE,
        DIVERSION
    }

    /**
     * @param note below its name, e.g. what proxy it has
     * @param badge the rule that leads its connections elsewhere; null if there is none
     */
    record Node(
            String id,
            Kind kind,
            String name,
            String note,
            @Nullable Badge badge) {}

    /**
     * @param sentence what the rule does
     * @param source where it was applied
     * @param text the rule itself
     */
    record Badge(String rule, String sentence, String source, String text) {}

    /**
     * @param requests per second, on an edge of requests
     * @param bytes per second, in both directions
     * @param opened new connections per second, those that failed included
     * @param failed connections per second that never came about
     * @param open connections at this moment
     * @param quiet seconds since anything flowed, as far as it was watched
     */
    record Edge(
            String from,
            String to,
            @Nullable Double requests,
            @Nullable Double bytes,
            @Nullable Double opened,
            @Nullable Double failed,
            @Nullable Long open,
            long quiet) {}
}
