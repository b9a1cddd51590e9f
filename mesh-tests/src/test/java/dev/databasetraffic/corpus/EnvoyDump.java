package dev.databasetraffic.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The listeners in a dump of Envoy's configuration.
 *
 * @param errors why Envoy did not take one, by its name
 * @param warming those that it took and does not use yet, because something that they need has not come
 */
record EnvoyDump(ListenerReading listeners, Map<String, String> errors, Set<String> warming) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_LISTENER =
            Set.of("name", "traffic_direction", "internal_listener", "filter_chains", "default_filter_chain");
    private static final Set<String> OF_CHAIN = Set.of("name", "filter_chain_match", "filters", "transport_socket");
    private static final Set<String> OF_FILTER =
            Set.of("@type", "stat_prefix", "cluster", "weighted_clusters", "rds", "route_config");
    private static final TypeRegistry TYPES = TypeRegistry.newBuilder()
            .add(TcpProxy.getDescriptor())
            .add(HttpConnectionManager.getDescriptor())
            .add(DownstreamTlsContext.getDescriptor())
            .build();

    static EnvoyDump read(String text) throws IOException {
        List<Listener> listeners = new ArrayList<>();
        Map<String, String> errors = new TreeMap<>();
        Set<String> warming = new TreeSet<>();
        for (JsonNode config : JSON.readTree(text).path("configs")) {
            JsonNode error = config.path("error_state").path("details");
            if (!error.isMissingNode()) {
                errors.put(config.path("name").asText(), error.asText());
            }
            if (config.has("warming_state")) {
                warming.add(config.path("name").asText());
            }
            if (config.path("active_state").path("listener") instanceof ObjectNode listener) {
                listeners.add(parse(listener));
            }
        }
        return new EnvoyDump(ListenerReading.of(listeners), errors, warming);
    }

    /** Extensions that only a mesh's own Envoy knows, and all else that is not recorded, are left out before parsing. */
    private static Listener parse(ObjectNode listener) throws InvalidProtocolBufferException {
        listener.retain(OF_LISTENER);
        listener.path("filter_chains").forEach(EnvoyDump::prune);
        prune(listener.get("default_filter_chain"));
        Listener.Builder parsed = Listener.newBuilder();
        JsonFormat.parser().ignoringUnknownFields().usingTypeRegistry(TYPES).merge(listener.toString(), parsed);
        return parsed.build();
    }

    private static void prune(@Nullable JsonNode chain) {
        if (!(chain instanceof ObjectNode object)) {
            return;
        }
        object.retain(OF_CHAIN);
        if (object.path("filters") instanceof ArrayNode filters) {
            for (JsonNode filter : filters) {
                ((ObjectNode) filter).retain("name", "typed_config");
                if (filter.path("typed_config") instanceof ObjectNode config) {
                    config.retain(OF_FILTER);
                }
                known((ObjectNode) filter);
            }
        }
        if (object.path("transport_socket") instanceof ObjectNode socket) {
            known(socket);
        }
    }

    private static void known(ObjectNode extension) {
        String type = extension.path("typed_config").path("@type").asText();
        if (TYPES.find(type.substring(type.lastIndexOf('/') + 1)) == null) {
            extension.remove("typed_config");
        }
    }
}
