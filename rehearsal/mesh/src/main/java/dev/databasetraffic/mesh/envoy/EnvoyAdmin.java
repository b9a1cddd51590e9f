package dev.databasetraffic.mesh.envoy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.mesh.model.ServerName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The admin interface of one Envoy. */
public final class EnvoyAdmin {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /** @param base for example {@code http://127.0.0.1:15000} */
    public EnvoyAdmin(URI base) {
        this.base = base;
    }

    /**
     * What a cluster's endpoints count.
     *
     * @param attempts to connect since the start, and how many of them were {@code refused}
     * @param requests since the start; where Envoy passes bytes on, each connection is one
     */
    record Connections(long inUse, long attempts, long refused, long requests) {

        static final Connections NONE = new Connections(0, 0, 0, 0);
    }

    /** Where it is. */
    public URI base() {
        return base;
    }

    /** The version, as Envoy writes it. */
    public String version() throws IOException, InterruptedException {
        return get("/server_info").path("version").asText();
    }

    /**
     * The clusters that new connections to a host are led to, found as Envoy finds them: by the closest server name at the
     * host's port, or by a chain without names of the listener that is known to be the host's. Empty if none is for it, as
     * in a sidecar that has just started.
     */
    Set<String> targets(HostInMesh host) throws IOException, InterruptedException {
        List<JsonNode> listeners = listeners();
        Set<String> targets = new TreeSet<>();
        int closest = 0;
        for (JsonNode listener : listeners) {
            JsonNode port = listener.at("/address/socket_address/port_value");
            if (!port.isMissingNode() && port.asInt() != host.port()) {
                continue;
            }
            for (JsonNode chain : listener.path("filter_chains")) {
                int precision = ServerName.precision(names(chain), host.name());
                if (precision > closest) {
                    targets.clear();
                    closest = precision;
                }
                if (precision > 0 && precision == closest) {
                    addClusters(targets, chain);
                }
            }
        }
        if (targets.isEmpty() && host.listener() != null) {
            for (JsonNode listener : listeners) {
                if (listener.path("name").asText().equals(host.listener())) {
                    withoutName(listener).forEach(chain -> addClusters(targets, chain));
                }
            }
        }
        return targets;
    }

    /** The clusters that a listener leads connections to that say no server name; empty if there is no such listener. */
    Set<String> targetsOfListener(String name) throws IOException, InterruptedException {
        Set<String> targets = new TreeSet<>();
        for (JsonNode listener : listeners()) {
            if (listener.path("name").asText().equals(name)) {
                nameless(listener).forEach(chain -> addClusters(targets, chain));
            }
        }
        return targets;
    }

    /** The listener that leads connections without a server name to a cluster; empty if none does. */
    Optional<String> listenerLeadingTo(String cluster) throws IOException, InterruptedException {
        for (JsonNode listener : listeners()) {
            Set<String> targets = new TreeSet<>();
            nameless(listener).forEach(chain -> addClusters(targets, chain));
            if (targets.contains(cluster)) {
                return Optional.of(listener.path("name").asText());
            }
        }
        return Optional.empty();
    }

    private List<JsonNode> listeners() throws IOException, InterruptedException {
        List<JsonNode> listeners = new ArrayList<>();
        get("/config_dump?resource=dynamic_listeners")
                .path("configs")
                .forEach(each -> listeners.add(each.at("/active_state/listener")));
        return listeners;
    }

    /** Chains for who says no name; the default one is for who fits no other. */
    private static List<JsonNode> nameless(JsonNode listener) {
        List<JsonNode> chains = withoutName(listener);
        return chains.isEmpty() && listener.has("default_filter_chain")
                ? List.of(listener.path("default_filter_chain"))
                : chains;
    }

    private static List<JsonNode> withoutName(JsonNode listener) {
        List<JsonNode> chains = new ArrayList<>();
        for (JsonNode chain : listener.path("filter_chains")) {
            if (names(chain).isEmpty()) {
                chains.add(chain);
            }
        }
        return chains;
    }

    private static List<String> names(JsonNode chain) {
        List<String> names = new ArrayList<>();
        chain.at("/filter_chain_match/server_names").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static void addClusters(Set<String> targets, JsonNode chain) {
        for (JsonNode filter : chain.path("filters")) {
            addClustersOf(targets, filter.path("typed_config"));
        }
    }

    private static void addClustersOf(Set<String> targets, JsonNode proxy) {
        if (proxy.has("cluster")) {
            targets.add(proxy.path("cluster").asText());
        }
        for (JsonNode weighted : proxy.at("/weighted_clusters/clusters")) {
            targets.add(weighted.path("name").asText());
        }
    }

    /** The connections of every cluster, by its name. */
    Map<String, Connections> connections() throws IOException, InterruptedException {
        Map<String, Connections> connections = new HashMap<>();
        for (JsonNode cluster : get("/clusters?format=json").path("cluster_statuses")) {
            long inUse = 0;
            long attempts = 0;
            long refused = 0;
            long requests = 0;
            for (JsonNode host : cluster.path("host_statuses")) {
                for (JsonNode stat : host.path("stats")) {
                    switch (stat.path("name").asText()) {
                        // Not cx_active: where one attempt to connect is refused while another is under way, Envoy
                        // keeps the other in its pool, used by nobody, for minutes and through any drain.
                        case "rq_active" -> inUse += stat.path("value").asLong();
                        case "cx_total" -> attempts += stat.path("value").asLong();
                        case "cx_connect_fail" -> refused += stat.path("value").asLong();
                        case "rq_total" -> requests += stat.path("value").asLong();
                        default -> {
                            // Other counts are of no interest here.
                        }
                    }
                }
            }
            connections.put(cluster.path("name").asText(), new Connections(inUse, attempts, refused, requests));
        }
        return connections;
    }

    /**
     * What was counted for each of its outbound clusters, by {@link #statName}, since the start; clusters are left out for which it was told not
     * to count, as a sidecar is by default.
     *
     * @param names the counters that are added up, as a regular expression
     */
    Map<String, Long> counted(String names) throws IOException, InterruptedException {
        Map<String, Long> counted = new HashMap<>();
        // Envoy's own name for a cluster may end with a semicolon, which sets it apart from what follows.
        Pattern form = Pattern.compile("cluster\\.(outbound.*?);?\\.(" + names + ")");
        String filter = URLEncoder.encode("cluster\\.outbound.*(" + names + ")$", StandardCharsets.UTF_8);
        for (JsonNode stat : get("/stats?format=json&filter=" + filter).path("stats")) {
            Matcher name = form.matcher(stat.path("name").asText());
            if (name.matches()) {
                counted.merge(statName(name.group(1)), stat.path("value").asLong(), Long::sum);
            }
        }
        return counted;
    }

    /** A cluster in the names of counters, where whoever configured Envoy may have kept dots apart from other parts. */
    static String statName(String cluster) {
        return cluster.replace('.', '_');
    }

    /** How long a connection outlives the listener or filter chain that took it. */
    public Duration drainTime() throws IOException, InterruptedException {
        String seconds = get("/server_info")
                .at("/command_line_options/drain_time")
                .asText("")
                .replaceFirst("s$", "");
        try {
            return Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000));
        } catch (NumberFormatException e) {
            throw new IOException(base + "/server_info tells no drain time: '" + seconds + "'", e);
        }
    }

    /**
     * How far it is with the resources that it is told to watch.
     *
     * @param clusters the version of its clusters, empty before the first
     * @param listeners the version of its listeners, empty before the first
     * @param refused how many updates it did not take, or not whole
     * @param warming clusters and listeners that it has and does not use yet
     */
    public record Updates(String clusters, String listeners, long refused, long warming) {}

    public Updates updates() throws IOException, InterruptedException {
        Map<String, JsonNode> values = new HashMap<>();
        get("/stats?format=json&filter=%5E(cluster%7Clistener)_manager%5C.")
                .path("stats")
                .forEach(stat -> values.put(stat.path("name").asText(), stat.path("value")));
        return new Updates(
                text(values, "cluster_manager.cds.version_text"),
                text(values, "listener_manager.lds.version_text"),
                number(values, "cluster_manager.cds.update_rejected")
                        + number(values, "listener_manager.lds.update_rejected"),
                number(values, "cluster_manager.warming_clusters")
                        + number(values, "listener_manager.total_listeners_warming"));
    }

    private static String text(Map<String, JsonNode> values, String name) {
        JsonNode value = values.get(name);
        return value == null ? "" : value.asText();
    }

    private static long number(Map<String, JsonNode> values, String name) {
        JsonNode value = values.get(name);
        return value == null ? 0 : value.asLong();
    }

    /** Why it did not take listeners, in its own words; empty if it took all that it was last given. */
    public List<String> refusals() throws IOException, InterruptedException {
        List<String> refusals = new ArrayList<>();
        for (JsonNode listener : get("/config_dump?resource=dynamic_listeners").path("configs")) {
            if (listener.has("error_state")) {
                refusals.add(listener.at("/error_state/details").asText());
            }
        }
        return refusals;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(base + path + " answered " + response.statusCode());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
