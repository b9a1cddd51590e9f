package dev.databasetraffic.mesh.model;

import java.util.Map;

/** Whose proxy is asked about: pods with these labels in a namespace. */
public record Workload(String namespace, Map<String, String> labels) {

    public boolean hasLabels(Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }
}
