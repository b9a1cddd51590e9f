package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.mesh.envoy.EnvoyAdmin;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The proxies of some pods, each by its pod. */
record Sidecars(Map<String, EnvoyAdmin> byPod) {

    private static final int ADMIN = 15000;

    /** How long a pod's open connections outlive a rule. */
    record Drain(String pod, Duration time) {}

    /** @throws PlaceException if a pod cannot be reached */
    static Sidecars of(ClusterAccess access, List<Pod> pods) throws PlaceException {
        Map<String, EnvoyAdmin> byPod = new LinkedHashMap<>();
        for (Pod pod : pods) {
            String name = pod.getMetadata().getName();
            byPod.put(name, admin(access, name));
        }
        return new Sidecars(byPod);
    }

    /** @throws PlaceException if the pod cannot be reached */
    static EnvoyAdmin admin(ClusterAccess access, String pod) throws PlaceException {
        return new EnvoyAdmin(access.toPod(pod, ADMIN));
    }

    List<EnvoyAdmin> all() {
        return List.copyOf(byPod.values());
    }

    /**
     * The longest of them all, which counts.
     *
     * @throws IOException if a proxy cannot be asked
     */
    Drain longestDrain() throws IOException, InterruptedException {
        Drain longest = new Drain("", Duration.ZERO);
        for (Map.Entry<String, EnvoyAdmin> sidecar : byPod.entrySet()) {
            Duration time = sidecar.getValue().drainTime();
            longest = time.compareTo(longest.time()) > 0 ? new Drain(sidecar.getKey(), time) : longest;
        }
        return longest;
    }
}
