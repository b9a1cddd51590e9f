package dev.databasetraffic.corpus;

import io.envoyproxy.envoy.config.core.v3.Node;
import java.io.IOException;
import java.util.Map;

/** A proxy in the cluster. */
interface AskedProxy extends AutoCloseable {

    /** As it introduces itself to istiod. */
    Node node();

    /**
     * Waits until it has the listeners that istiod says it gets.
     *
     * @return of those that it refused, its reasons
     */
    Map<String, String> awaitTaken(Map<String, Object> listeners);

    @Override
    void close() throws IOException;
}
