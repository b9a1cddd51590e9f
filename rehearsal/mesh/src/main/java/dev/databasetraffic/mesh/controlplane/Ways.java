package dev.databasetraffic.mesh.controlplane;

import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.model.FilterChain;
import dev.databasetraffic.mesh.model.Listener;
import dev.databasetraffic.mesh.model.Origin;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RequestRoute;
import dev.databasetraffic.mesh.model.Target;
import dev.databasetraffic.mesh.model.Target.Share;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where connections and requests go, for people. */
record Ways(ProxyConfiguration proxy, Containers containers) {

    /** The clusters' names by {@code HOST:PORT}, in alphabetical order. */
    Map<String, String> of(List<Listener> listeners) {
        Map<String, String> ways = new TreeMap<>();
        for (Listener listener : listeners) {
            listener.allChains().forEach(chain -> add(ways, listener, chain));
            if (listener.allChains().stream().anyMatch(chain -> chain.target() instanceof Target.Http)) {
                addRequests(ways, listener.port());
            }
        }
        return ways;
    }

    private void add(Map<String, String> ways, Listener listener, FilterChain chain) {
        if (!(chain.target() instanceof Target.Clusters clusters) || chain.origin() instanceof Origin.Policy) {
            return;
        }
        List<String> subjects = chain.matchedNames().isEmpty() ? List.of("any other host") : chain.matchedNames();
        String ranges = chain.ranges().isEmpty() ? "" : " at " + String.join(", ", chain.ranges());
        subjects.forEach(
                subject -> ways.putIfAbsent(subject + ":" + listener.port() + ranges, describe(clusters.shares())));
    }

    private void addRequests(Map<String, String> ways, int port) {
        proxy.requests().forEach((key, routes) -> {
            if (key.endsWith(":" + port)) {
                ways.putIfAbsent(key, describeRequests(routes));
            }
        });
    }

    private String describe(List<Share> shares) {
        return shares.stream()
                .map(share ->
                        share.cluster() + (shares.size() == 1 ? "" : " " + share.weight()) + remark(share.cluster()))
                .collect(Collectors.joining(", "));
    }

    private String describeRequests(List<RequestRoute> routes) {
        boolean conditional = routes.stream().anyMatch(RequestRoute::conditional);
        return routes.stream()
                        .filter(RequestMessages::isForAll)
                        .findFirst()
                        .map(route -> describe(route.shares()))
                        .orElse("no route for every request")
                + (conditional ? " (routes with conditions are not read here)" : "");
    }

    /** What the cluster's name does not tell. */
    private String remark(String name) {
        Cluster cluster = proxy.clusters().get(name);
        if (cluster == null) {
            return " (no such host and port)";
        }
        if (ClusterMessages.endpoint(cluster, containers).isEmpty()) {
            return " (no endpoints)";
        }
        return cluster.tls() == null || cluster.tls().equals("SIMPLE")
                ? ""
                : " (without the certificate that " + cluster.tls() + " means)";
    }
}
