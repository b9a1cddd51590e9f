package dev.databasetraffic.corpus;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** HTTP routes in the words of the record: of each virtual host the domains, and where its requests go in which order. */
final class RouteReading {

    private RouteReading() {}

    static Map<String, Object> of(List<RouteConfiguration> configurations) {
        Map<String, Object> read = new TreeMap<>();
        for (RouteConfiguration configuration : configurations) {
            Map<String, Object> hosts = new TreeMap<>();
            for (VirtualHost host : configuration.getVirtualHostsList()) {
                hosts.put(
                        host.getName(),
                        new TreeMap<>(Map.of(
                                "domains",
                                        host.getDomainsList().stream().sorted().toList(),
                                "routes",
                                        host.getRoutesList().stream()
                                                .map(RouteReading::read)
                                                .toList())));
            }
            read.put(configuration.getName(), hosts);
        }
        return read;
    }

    private static Map<String, Object> read(Route route) {
        Map<String, Object> read = new TreeMap<>();
        read.put("match", text(route.getMatch()));
        switch (route.getActionCase()) {
            case ROUTE -> read.put("to", destinations(route.getRoute()));
            case DIRECT_RESPONSE -> read.put("status", route.getDirectResponse().getStatus());
            default -> read.put("action", route.getActionCase().name());
        }
        return read;
    }

    private static String text(RouteMatch match) {
        List<String> parts = new ArrayList<>();
        parts.add(
                switch (match.getPathSpecifierCase()) {
                    case PREFIX -> "prefix " + match.getPrefix();
                    case PATH -> "path " + match.getPath();
                    case PATH_SEPARATED_PREFIX -> "prefix " + match.getPathSeparatedPrefix() + "/";
                    case SAFE_REGEX -> "regex " + match.getSafeRegex().getRegex();
                    default -> match.getPathSpecifierCase().name();
                });
        match.getHeadersList().forEach(header -> parts.add("header " + header.getName()));
        return String.join(" ", parts);
    }

    private static Map<String, Integer> destinations(RouteAction action) {
        Map<String, Integer> to = new TreeMap<>();
        if (action.hasWeightedClusters()) {
            action.getWeightedClusters()
                    .getClustersList()
                    .forEach(cluster ->
                            to.put(cluster.getName(), cluster.getWeight().getValue()));
        } else {
            to.put(action.getCluster(), 1);
        }
        return to;
    }
}
