package dev.databasetraffic.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an Envoy does with a server name's connections: enough to compare two configurations of different make. */
record EnvoyConfiguration(List<Chain> chains, Map<String, String> clusterTypes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A filter chain that matches the name.
     *
     * @param address the listener's address and port
     * @param routes weight by cluster; a single cluster weighs 1
     */
    record Chain(String address, List<String> serverNames, boolean looksAtTls, Map<String, Integer> routes) {}

    /** A sidecar's own account of what istiod gave it. */
    static EnvoyConfiguration ofSidecar(String workload, String host) {
        List<JsonNode> listeners = new ArrayList<>();
        for (JsonNode listener : dump(workload, "dynamic_listeners").path("configs")) {
            listeners.add(listener.at("/active_state/listener"));
        }
        List<JsonNode> clusters = new ArrayList<>();
        for (JsonNode cluster : dump(workload, "dynamic_active_clusters").path("configs")) {
            clusters.add(cluster.path("cluster"));
        }
        return of(listeners, clusters, host);
    }

    /** What compose's Envoy finds in the folder that it watches. */
    static EnvoyConfiguration ofFolder(Path folder, String host) throws IOException {
        return of(resources(folder.resolve("listeners.json")), resources(folder.resolve("clusters.json")), host);
    }

    private static List<JsonNode> resources(Path file) throws IOException {
        List<JsonNode> resources = new ArrayList<>();
        JSON.readTree(file.toFile()).path("resources").forEach(resources::add);
        return resources;
    }

    /** The types of the clusters that the chains lead to. */
    Map<String, String> routedClusterTypes() {
        Map<String, String> types = new TreeMap<>();
        for (Chain chain : chains) {
            for (String cluster : chain.routes().keySet()) {
                types.put(cluster, clusterTypes.getOrDefault(cluster, "none"));
            }
        }
        return types;
    }

    private static EnvoyConfiguration of(List<JsonNode> listeners, List<JsonNode> clusters, String host) {
        List<Chain> chains = new ArrayList<>();
        for (JsonNode listener : listeners) {
            JsonNode address = listener.at("/address/socket_address");
            for (JsonNode chain : listener.path("filter_chains")) {
                List<String> names = new ArrayList<>();
                chain.at("/filter_chain_match/server_names").forEach(name -> names.add(name.asText()));
                if (names.contains(host)) {
                    chains.add(new Chain(
                            address.path("address").asText() + ":"
                                    + address.path("port_value").asInt(),
                            names,
                            listener.path("listener_filters").toString().contains("tls_inspector"),
                            routes(chain)));
                }
            }
        }
        Map<String, String> types = new TreeMap<>();
        clusters.forEach(cluster ->
                types.put(cluster.path("name").asText(), cluster.path("type").asText("STATIC")));
        return new EnvoyConfiguration(chains, types);
    }

    private static Map<String, Integer> routes(JsonNode chain) {
        Map<String, Integer> routes = new TreeMap<>();
        for (JsonNode filter : chain.path("filters")) {
            JsonNode proxy = filter.path("typed_config");
            if (proxy.has("cluster")) {
                routes.put(proxy.path("cluster").asText(), 1);
            }
            for (JsonNode weighted : proxy.at("/weighted_clusters/clusters")) {
                routes.put(
                        weighted.path("name").asText(), weighted.path("weight").asInt());
            }
        }
        return routes;
    }

    private static JsonNode dump(String workload, String resource) {
        String dump = Project.run(
                "kubectl",
                "-n",
                "plants",
                "exec",
                "deployment/" + workload,
                "-c",
                "istio-proxy",
                "--",
                "pilot-agent",
                "request",
                "GET",
                "config_dump?resource=" + resource);
        try {
            // pilot-agent's own log precedes the answer on the same stream, with braces of its own.
            return JSON.readTree(dump.substring(dump.indexOf("{\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
