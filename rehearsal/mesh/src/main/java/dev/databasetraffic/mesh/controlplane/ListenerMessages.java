package dev.databasetraffic.mesh.controlplane;

import dev.databasetraffic.mesh.model.FilterChain;
import dev.databasetraffic.mesh.model.Listener;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.Target;
import dev.databasetraffic.mesh.model.Target.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Listeners as istiod writes them, except that each takes its port's connections itself. */
final class ListenerMessages {

    private static final String CONNECTION_LOG = "[%START_TIME%] %REQUESTED_SERVER_NAME% %UPSTREAM_CLUSTER_RAW%"
            + " %UPSTREAM_HOST% %RESPONSE_FLAGS% %DOWNSTREAM_LOCAL_CLOSE_REASON% received=%BYTES_RECEIVED%"
            + " sent=%BYTES_SENT% after=%DURATION%ms";

    private final ProxyConfiguration proxy;

    ListenerMessages(ProxyConfiguration proxy) {
        this.proxy = proxy;
    }

    Map<String, Object> of(Listener listener) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", listener.name());
        members.put("address", Message.address(listener.address(), listener.port()));
        members.put("traffic_direction", "OUTBOUND");
        members.put("listener_filters_timeout", "0s");
        members.put("continue_on_listener_filters_timeout", true);
        members.put("listener_filters", inspectors(listener));
        members.put(
                "filter_chains",
                listener.chains().stream().map(chain -> chain(listener, chain)).toList());
        if (listener.fallback() != null) {
            members.put("default_filter_chain", chain(listener, listener.fallback()));
        }
        return Message.typed("config.listener.v3.Listener", members);
    }

    private static List<Map<String, Object>> inspectors(Listener listener) {
        List<Map<String, Object>> inspectors = new ArrayList<>();
        if (any(listener, chain -> !chain.matchedNames().isEmpty() || chain.plaintext())) {
            inspectors.add(inspector("tls_inspector", "TlsInspector"));
        }
        if (any(listener, chain -> !chain.applicationProtocols().isEmpty())) {
            inspectors.add(inspector("http_inspector", "HttpInspector"));
        }
        return inspectors;
    }

    private static boolean any(Listener listener, Predicate<FilterChain> condition) {
        return listener.chains().stream().anyMatch(condition);
    }

    private static Map<String, Object> inspector(String name, String type) {
        return Message.extension(
                "envoy.filters.listener." + name, "filters.listener." + name + ".v3." + type, Map.of());
    }

    private Map<String, Object> chain(Listener listener, FilterChain chain) {
        Map<String, Object> filter = chain.target() instanceof Target.Clusters clusters
                ? tcpProxy(metric(listener, chain), clusters.shares())
                : RequestMessages.connectionManager(proxy, listener.port(), ((Target.Http) chain.target()).routeName());
        Map<String, Object> members = new LinkedHashMap<>();
        Map<String, Object> match = match(chain);
        if (!match.isEmpty()) {
            members.put("filter_chain_match", match);
        }
        members.put("filters", List.of(filter));
        return members;
    }

    private static Map<String, Object> match(FilterChain chain) {
        Map<String, Object> match = new LinkedHashMap<>();
        if (!chain.matchedNames().isEmpty()) {
            match.put("server_names", chain.matchedNames());
        }
        if (chain.plaintext()) {
            match.put("transport_protocol", "raw_buffer");
        }
        if (!chain.applicationProtocols().isEmpty()) {
            match.put("application_protocols", chain.applicationProtocols());
        }
        if (!chain.ranges().isEmpty()) {
            match.put(
                    "prefix_ranges",
                    chain.ranges().stream().map(ListenerMessages::range).toList());
        }
        return match;
    }

    private static Map<String, Object> range(String range) {
        String[] parts = range.split("/", 2);
        int whole = parts[0].contains(":") ? 128 : 32;
        return Map.of("address_prefix", parts[0], "prefix_len", parts.length == 1 ? whole : Integer.parseInt(parts[1]));
    }

    private static String metric(Listener listener, FilterChain chain) {
        return Message.metric(
                chain.matchedNames().isEmpty()
                        ? listener.name()
                        : chain.matchedNames().get(0));
    }

    private static Map<String, Object> tcpProxy(String metric, List<Share> shares) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("stat_prefix", metric);
        members.putAll(Message.clusters(shares));
        members.put("access_log", Message.accessLog(CONNECTION_LOG));
        return Message.extension("envoy.filters.network.tcp_proxy", "filters.network.tcp_proxy.v3.TcpProxy", members);
    }
}
