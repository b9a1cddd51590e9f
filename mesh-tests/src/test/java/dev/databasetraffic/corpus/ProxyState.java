package dev.databasetraffic.corpus;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a proxy has, each part by name, in the words of the record. */
record ProxyState(
        @Nullable Object unmatched,
        Map<String, Object> listeners,
        Map<String, Object> clusters,
        Map<String, Object> routes) {

    /** A waypoint's listeners have names of another kind, and are the same for all hosts. */
    private static final Pattern ADDRESS = Pattern.compile("_[0-9]+$");

    /**
     * Where these differ from a base: what is there now. What the base has of its own, such as the way to istiod, is left
     * out even where it changed: it is another in every cluster.
     */
    Map<String, Object> since(ProxyState base, Map<String, String> rejected) {
        Map<String, Object> record = new TreeMap<>();
        record.put("rejected", rejected.isEmpty() ? null : rejected);
        record.put("unmatched", unmatched);
        record.put(
                "listeners",
                changed(
                        base.listeners,
                        listeners,
                        name -> base.listeners.containsKey(name)
                                && ADDRESS.matcher(name).find()));
        Set<String> hosts =
                base.clusters.keySet().stream().map(ProxyState::host).collect(Collectors.toSet());
        record.put("clusters", changed(base.clusters, clusters, name -> hosts.contains(host(name))));
        record.put("routes", changed(base.routes, routes, base.routes::containsKey));
        return record;
    }

    private static Map<String, Object> changed(
            Map<String, Object> before, Map<String, Object> now, Predicate<String> isOfBase) {
        Map<String, Object> changed = new TreeMap<>();
        now.forEach((name, value) -> {
            if (!isOfBase.test(name) && !Objects.equals(before.get(name), value)) {
                changed.put(name, value);
            }
        });
        return changed;
    }

    /** Of a cluster's name, such as outbound|443|subset|host. */
    private static String host(String cluster) {
        return cluster.substring(cluster.lastIndexOf('|') + 1);
    }
}
