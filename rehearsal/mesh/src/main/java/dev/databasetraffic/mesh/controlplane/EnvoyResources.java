package dev.databasetraffic.mesh.controlplane;

import dev.databasetraffic.mesh.model.EnvoyRefusal;
import dev.databasetraffic.mesh.model.Listener;
import dev.databasetraffic.mesh.model.Origin;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.RouteText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What Envoy gets for what a sidecar would have. Listeners for one address alone are left out: a sidecar has every
 * connection of its pod redirected to it, this Envoy only those that come to its own address.
 *
 * @param ways where connections go, for people, by {@code HOST:PORT}
 * @param refusals why Envoy would not take a listener, in sentences
 */
record EnvoyResources(
        List<Map<String, Object>> listeners,
        List<Map<String, Object>> clusters,
        Map<String, String> ways,
        List<String> refusals) {

    static EnvoyResources of(ProxyConfiguration proxy, Containers containers) {
        List<Listener> served = proxy.listeners().values().stream()
                .filter(listener -> listener.address().equals(RegisteredHost.UNSPECIFIED))
                .toList();
        ListenerMessages messages = new ListenerMessages(proxy);
        return new EnvoyResources(
                served.stream().map(messages::of).toList(),
                ClusterMessages.of(proxy.clusters().values(), containers),
                new Ways(proxy, containers).of(served),
                proxy.refusals().stream()
                        .filter(refusal -> served.contains(refusal.listener()))
                        .map(EnvoyResources::sentence)
                        .toList());
    }

    /** Whether Envoy does the same with both. */
    boolean sameAs(EnvoyResources other) {
        return listeners.equals(other.listeners) && clusters.equals(other.clusters);
    }

    private static String sentence(EnvoyRefusal refusal) {
        String chains =
                refusal.chains().stream().map(chain -> origin(chain.origin())).collect(Collectors.joining(" and "));
        return "Envoy refuses listener %s, because %s%s."
                .formatted(refusal.listener().name(), refusal.why(), chains.isEmpty() ? "" : ": " + chains);
    }

    private static String origin(Origin origin) {
        if (origin instanceof Origin.Route route) {
            return route.manifest() + " (" + route.manifest().file() + ":"
                    + RouteText.line(route.manifest(), route.section(), route.route()) + ")";
        }
        return origin instanceof Origin.Declared declared ? declared.host().toString() : "the mesh's policy";
    }
}
