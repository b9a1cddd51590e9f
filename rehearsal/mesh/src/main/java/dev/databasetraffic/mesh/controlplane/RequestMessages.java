package dev.databasetraffic.mesh.controlplane;

import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RequestRoute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How requests in plain HTTP are routed, by the host that they name. Of a host's routes, only what counts for every
 * request: conditions on paths, headers and the like are not modelled.
 */
final class RequestMessages {

    private static final String REQUEST_LOG = "[%START_TIME%] %REQ(:AUTHORITY)% %UPSTREAM_CLUSTER_RAW% %UPSTREAM_HOST%"
            + " %RESPONSE_FLAGS% %RESPONSE_CODE% after=%DURATION%ms";

    private RequestMessages() {}

    /** @param routeName a port, for all hosts there are at it, or one {@code HOST:PORT} */
    static Map<String, Object> connectionManager(ProxyConfiguration proxy, int port, String routeName) {
        List<Map<String, Object>> hosts = new ArrayList<>();
        proxy.requests().forEach((key, routes) -> {
            if (key.equals(routeName) || !routeName.contains(":") && key.endsWith(":" + port)) {
                routes.stream()
                        .filter(RequestMessages::isForAll)
                        .findFirst()
                        .ifPresent(route -> hosts.add(virtualHost(key, route)));
            }
        });
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("stat_prefix", Message.metric(routeName));
        members.put("route_config", Map.of("name", routeName, "virtual_hosts", hosts));
        members.put(
                "http_filters",
                List.of(Message.extension("envoy.filters.http.router", "filters.http.router.v3.Router", Map.of())));
        members.put("access_log", Message.accessLog(REQUEST_LOG));
        return Message.extension(
                "envoy.filters.network.http_connection_manager",
                "filters.network.http_connection_manager.v3.HttpConnectionManager",
                members);
    }

    static boolean isForAll(RequestRoute route) {
        return !route.conditional() && !route.shares().isEmpty();
    }

    private static Map<String, Object> virtualHost(String key, RequestRoute route) {
        String host = key.substring(0, key.lastIndexOf(':'));
        return Map.of(
                "name",
                key,
                "domains",
                List.of(host, key),
                "routes",
                List.of(Map.of("match", Map.of("prefix", "/"), "route", Message.clusters(route.shares()))));
    }
}
