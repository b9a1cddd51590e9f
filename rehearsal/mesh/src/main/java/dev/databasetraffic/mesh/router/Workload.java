package dev.databasetraffic.mesh.router;

import java.util.Map;

/** Whose sidecar this is; a rule can be limited to some namespaces and labels. */
public record Workload(String namespace, Map<String, String> labels) {

    public Workload {
        labels = Map.copyOf(labels);
    }
}
