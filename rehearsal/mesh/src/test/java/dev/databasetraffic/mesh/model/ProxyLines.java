package dev.databasetraffic.mesh.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.model.Target.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a proxy has, said in one way for the model and for a record: a line for each listener and cluster. */
final class ProxyLines {

    private static final String OWN_TLS = "automatic";

    /** The chains by which a waypoint lets pass what it does not serve. */
    private static final Set<String> WAYPOINTS_OWN = Set.of("direct-http", "direct-tcp");

    private ProxyLines() {}

    static Map<String, String> of(ProxyConfiguration proxy) {
        Map<String, String> lines = new TreeMap<>();
        // The corpus has no pods, so that a headless Service has no listener there.
        proxy.listeners().values().stream()
                .filter(listener -> !PodAddresses.isOne(listener.address()))
                .forEach(listener -> lines.put("listener " + listener.name(), text(listener)));
        proxy.clusters().values().forEach(cluster -> lines.put("cluster " + cluster.name(), text(cluster)));
        return lines;
    }

    static Map<String, String> of(WaypointConfiguration waypoint) {
        Map<String, String> lines = new TreeMap<>();
        List<String> chains =
                waypoint.chains().stream().map(ProxyLines::text).sorted().toList();
        if (!chains.isEmpty()) {
            lines.put("listener main_internal", chains.toString());
        }
        waypoint.clusters().values().forEach(cluster -> lines.put("cluster " + cluster.name(), text(cluster)));
        return lines;
    }

    private static String text(WaypointChain chain) {
        Map<String, Object> parts = parts(chain.target());
        parts.put("name", chain.name());
        return parts.toString();
    }

    static Map<String, String> of(JsonNode record) {
        Map<String, String> lines = new TreeMap<>();
        for (Map.Entry<String, JsonNode> listener : record.path("listeners").properties()) {
            List<String> chains = new ArrayList<>();
            listener.getValue().path("chains").forEach(chain -> {
                if (!WAYPOINTS_OWN.contains(chain.path("name").asText())) {
                    chains.add(text(chain));
                }
            });
            String fallback = listener.getValue().has("default")
                    ? " else " + text(listener.getValue().path("default"))
                    : "";
            lines.put("listener " + listener.getKey(), new TreeSet<>(chains) + fallback);
        }
        for (Map.Entry<String, JsonNode> cluster : record.path("clusters").properties()) {
            String mode = cluster.getValue().at("/tls/mode").asText(OWN_TLS);
            String type = cluster.getValue().path("type").asText();
            lines.put(
                    "cluster " + cluster.getKey(),
                    (type.startsWith("envoy.") ? "DYNAMIC_FORWARD_PROXY" : type)
                            + (mode.equals(OWN_TLS) ? "" : " " + mode));
        }
        return lines;
    }

    private static String text(Cluster cluster) {
        return cluster.type() + (cluster.tls() == null ? "" : " " + cluster.tls());
    }

    private static String text(Listener listener) {
        List<String> chains = listener.chains().stream().map(ProxyLines::text).toList();
        FilterChain fallback = listener.fallback();
        return new TreeSet<>(chains) + (fallback == null ? "" : " else " + text(fallback));
    }

    private static String text(FilterChain chain) {
        Map<String, Object> parts = parts(chain.target());
        put(parts, "sni", chain.matchedNames());
        put(parts, "alpn", chain.applicationProtocols());
        put(parts, "ranges", chain.ranges());
        if (chain.plaintext()) {
            parts.put("transport", "raw_buffer");
        }
        return parts.toString();
    }

    private static Map<String, Object> parts(Target target) {
        Map<String, Object> parts = new TreeMap<>();
        if (target instanceof Target.Http http) {
            parts.put("route", http.routeName());
        } else if (target instanceof Target.Clusters clusters) {
            Map<String, Integer> to = new TreeMap<>();
            for (Share share : clusters.shares()) {
                to.merge(share.cluster(), share.weight(), Integer::sum);
            }
            parts.put("to", to.toString());
        }
        return parts;
    }

    private static void put(Map<String, Object> parts, String name, List<String> values) {
        if (!values.isEmpty()) {
            parts.put(name, values.stream().sorted().toList().toString());
        }
    }

    private static String text(JsonNode chain) {
        Map<String, Object> parts = new TreeMap<>();
        for (String name : List.of("sni", "alpn", "ranges")) {
            List<String> values = new ArrayList<>();
            chain.path(name).forEach(value -> values.add(value.asText()));
            put(parts, name, values);
        }
        for (String name : List.of("name", "transport", "route")) {
            if (chain.has(name)) {
                parts.put(name, chain.path(name).asText());
            }
        }
        if (chain.has("to")) {
            Map<String, Integer> to = new TreeMap<>();
            chain.path("to")
                    .properties()
                    .forEach(each -> to.put(each.getKey(), each.getValue().asInt()));
            parts.put("to", to.toString());
        }
        return parts.toString();
    }
}
