package dev.databasetraffic.corpus;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a proxy has, each part by name, in the words of the record. */
record ProxyState(
        @Nullable Object unmatched,
        Map<String, Object> listeners,
        Map<String, Object> clusters,
        Map<String, Object> routes) {

    /** Where these differ from a base: what is there now, and the names of what is not any more. */
    Map<String, Object> since(ProxyState base, Map<String, String> rejected) {
        Map<String, Object> record = new TreeMap<>();
        record.put("rejected", rejected.isEmpty() ? null : rejected);
        record.put("unmatched", unmatched);
        record.put("listeners", changed(base.listeners, listeners));
        record.put("clusters", changed(base.clusters, clusters));
        record.put("routes", changed(base.routes, routes));
        record.put(
                "removed",
                new TreeMap<>(Map.of(
                        "listeners",
                        missing(base.listeners, listeners),
                        "clusters",
                        missing(base.clusters, clusters))));
        return record;
    }

    private static Map<String, Object> changed(Map<String, Object> before, Map<String, Object> now) {
        Map<String, Object> changed = new TreeMap<>();
        now.forEach((name, value) -> {
            if (!Objects.equals(before.get(name), value)) {
                changed.put(name, value);
            }
        });
        return changed;
    }

    private static List<String> missing(Map<String, Object> before, Map<String, Object> now) {
        return before.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .sorted()
                .toList();
    }
}
