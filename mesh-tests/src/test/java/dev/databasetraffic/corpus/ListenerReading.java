package dev.databasetraffic.corpus;

import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Outbound listeners in the words of the record.
 *
 * @param unmatched where goes what no listener takes; null for a proxy that is sent nothing but what it listens for
 */
record ListenerReading(
        @Nullable Object unmatched,
        Map<String, Object> listeners,
        TreeSet<String> routeNames,
        List<RouteConfiguration> inlineRoutes) {

    /** Where every connection of the workload arrives, and is handed to the listener of its address. */
    private static final String ARRIVAL = "virtualOutbound";

    static ListenerReading of(List<Listener> listeners) {
        Object unmatched = null;
        Map<String, Object> read = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>();
        List<RouteConfiguration> inline = new ArrayList<>();
        for (Listener listener : listeners) {
            ChainReading chains = new ChainReading(names, inline);
            if (listener.getName().equals(ARRIVAL)) {
                unmatched = chains.fallback(listener).get("to");
            } else if (listener.getTrafficDirection() != TrafficDirection.INBOUND || listener.hasInternalListener()) {
                read.put(listener.getName(), read(listener, chains));
            }
        }
        return new ListenerReading(unmatched, read, names, inline);
    }

    private static Map<String, Object> read(Listener listener, ChainReading chains) {
        Map<String, Object> read = new TreeMap<>();
        // Envoy takes the most specific chain, whatever their order: sorted, so that no recording differs by it.
        read.put(
                "chains",
                listener.getFilterChainsList().stream()
                        .map(chain -> chains.read(chain, listener.hasFilterChainMatcher()))
                        .sorted((a, b) -> a.toString().compareTo(b.toString()))
                        .toList());
        if (listener.hasDefaultFilterChain()) {
            read.put("default", chains.read(listener.getDefaultFilterChain(), false));
        }
        return read;
    }
}
