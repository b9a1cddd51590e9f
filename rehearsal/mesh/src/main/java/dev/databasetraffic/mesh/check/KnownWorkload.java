package dev.databasetraffic.mesh.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A workload that manifests deploy. */
record KnownWorkload(Workload workload, Manifest manifest, Capture capture) {

    private static final Map<String, String> POD_TEMPLATES = Map.of(
            "Deployment", "/spec/template",
            "StatefulSet", "/spec/template",
            "DaemonSet", "/spec/template",
            "ReplicaSet", "/spec/template",
            "Job", "/spec/template",
            "CronJob", "/spec/jobTemplate/spec/template",
            "Rollout", "/spec/template",
            "Pod", "");

    /** @return null for a manifest that starts no pods */
    static @Nullable KnownWorkload of(Manifest manifest) {
        String path = POD_TEMPLATES.get(manifest.kind());
        if (path == null) {
            return null;
        }
        JsonNode template = manifest.tree().at(path);
        Map<String, String> labels = strings(template.at("/metadata/labels"));
        return new KnownWorkload(
                new Workload(manifest.namespace(), labels),
                manifest,
                Capture.of(template, labels, strings(template.at("/metadata/annotations"))));
    }

    static List<KnownWorkload> all(List<Manifest> manifests) {
        return manifests.stream()
                .map(KnownWorkload::of)
                .filter(Objects::nonNull)
                .toList();
    }

    /** For a reader: those that there are, each with its labels. */
    static String withLabels(List<KnownWorkload> workloads) {
        return workloads.stream()
                .map(known -> known.manifest() + " with " + known.workload().labels())
                .collect(Collectors.joining(", "));
    }

    static Map<String, String> strings(JsonNode node) {
        Map<String, String> strings = new LinkedHashMap<>();
        node.properties()
                .forEach(each -> strings.put(each.getKey(), each.getValue().asText()));
        return strings;
    }
}
