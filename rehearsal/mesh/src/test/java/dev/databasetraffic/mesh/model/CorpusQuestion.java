package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.model.MeshOptions.OutboundTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Of whom and in which mesh a file of the corpus asks. */
final class CorpusQuestion {

    private CorpusQuestion() {}

    /** {@code sidecar NAMESPACE LABEL=VALUE,…}, as records name who was asked. */
    static Workload workload(String asker) {
        String[] words = asker.split(" ");
        Map<String, String> labels = new TreeMap<>();
        for (String label : words[2].split(",")) {
            labels.put(label.split("=", 2)[0], label.split("=", 2)[1]);
        }
        return new Workload(words[1], labels);
    }

    /** {@code waypoint NAMESPACE gateway.networking.k8s.io/gateway-name=NAME}. */
    static WaypointKey waypoint(String asker) {
        Workload workload = workload(asker);
        return new WaypointKey(
                workload.namespace(), workload.labels().values().iterator().next());
    }

    static MeshOptions options(Path file) throws IOException {
        MeshOptions options = MeshOptions.DEFAULTS;
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("# mesh: ")) {
                continue;
            }
            for (String setting : line.substring("# mesh: ".length()).trim().split("\\s+")) {
                String value = setting.split("=", 2)[1];
                options = switch (setting.split("=", 2)[0]) {
                    case "outboundTrafficPolicy" -> options.with(OutboundTraffic.valueOf(value));
                    case "rootNamespace" -> options.withRootNamespace(value);
                    default -> throw new IllegalArgumentException(setting + " is not modelled");
                };
            }
        }
        return options;
    }
}
