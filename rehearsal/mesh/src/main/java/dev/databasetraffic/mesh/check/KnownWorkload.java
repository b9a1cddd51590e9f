package dev.databasetraffic.mesh.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Workload;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A workload that manifests deploy.
 *
 * @param excludedPorts whose traffic leaves the pod without its sidecar
 */
record KnownWorkload(Workload workload, Manifest manifest, Set<Integer> excludedPorts) {

    static final String EXCLUDE_PORTS = "traffic.sidecar.istio.io/excludeOutboundPorts";

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
        JsonNode metadata = manifest.tree().at(path + "/metadata");
        return new KnownWorkload(
                new Workload(manifest.namespace(), strings(metadata.path("labels"))),
                manifest,
                ports(strings(metadata.path("annotations")).getOrDefault(EXCLUDE_PORTS, "")));
    }

    static List<KnownWorkload> all(List<Manifest> manifests) {
        return manifests.stream()
                .map(KnownWorkload::of)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Map<String, String> strings(JsonNode node) {
        Map<String, String> strings = new LinkedHashMap<>();
        node.properties()
                .forEach(each -> strings.put(each.getKey(), each.getValue().asText()));
        return strings;
    }

    private static Set<Integer> ports(String list) {
        return Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(port -> port.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }
}
