package dev.databasetraffic.corpus;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * Asks a cluster about one file after another: applies it, waits until istiod has taken it in and the proxies what istiod
 * sends them, notes the difference to before, and takes the file out again.
 */
final class Recorder implements AutoCloseable {

    private static final Duration RESTORED = Duration.ofSeconds(20);

    private record Place(Asker asker, Map<String, String> mesh) {}

    private final KubernetesClient cluster = new KubernetesClientBuilder().build();
    private final ClusterObjects objects = new ClusterObjects(cluster);
    private final MeshConfiguration mesh = new MeshConfiguration(cluster);
    private final Istiod istiod = new Istiod(cluster);
    private final Map<Asker, ProxyPod> pods = new HashMap<>();
    private final Map<Place, ProxyState> bases = new HashMap<>();
    private final Marker marker;

    Recorder() throws IOException, InterruptedException {
        this.marker = new Marker(objects, istiod, pod(Asker.parse("sidecar")).node());
    }

    /** The record of a file, as text. */
    String ask(Question question) throws IOException, InterruptedException {
        mesh.set(question.mesh());
        for (Asker asker : question.askers()) {
            Place place = new Place(asker, question.mesh());
            if (!bases.containsKey(place)) {
                bases.put(place, settledBase(asker));
            }
        }
        try {
            Map<String, String> refused = objects.create(question.objects());
            marker.await();
            Map<String, Object> proxies = new TreeMap<>();
            for (Asker asker : question.askers()) {
                proxies.put(asker.toString(), answer(asker, base(asker, question)));
            }
            return Recording.text(refused, proxies, objects.addresses());
        } finally {
            objects.delete(question.objects());
            restore(question);
        }
    }

    private ProxyState settledBase(Asker asker) throws IOException, InterruptedException {
        pod(asker);
        marker.await();
        return state(asker);
    }

    private Map<String, Object> answer(Asker asker, ProxyState base) throws IOException, InterruptedException {
        ProxyState state = state(asker);
        Map<String, String> rejected = pod(asker).awaitTaken(state.listeners());
        Map<String, Object> listeners = new TreeMap<>(state.listeners());
        for (String name : rejected.keySet()) {
            // Envoy keeps what it had.
            Object before = base.listeners().get(name);
            if (before == null) {
                listeners.remove(name);
            } else {
                listeners.put(name, before);
            }
        }
        return new ProxyState(state.unmatched(), listeners, state.clusters(), state.routes()).since(base, rejected);
    }

    private void restore(Question question) throws InterruptedException, InvalidProtocolBufferException {
        marker.await();
        for (Asker asker : question.askers()) {
            Awaitility.await("what " + asker + " gets to be again as before " + question.file()
                            + "; does somebody else change the mesh?")
                    .atMost(RESTORED)
                    .pollDelay(Duration.ZERO)
                    .until(() -> state(asker).equals(base(asker, question)));
        }
    }

    private ProxyState base(Asker asker, Question question) {
        return Objects.requireNonNull(bases.get(new Place(asker, question.mesh())));
    }

    private ProxyState state(Asker asker) throws InterruptedException, IOException {
        return istiod.ask(pod(asker).node());
    }

    private ProxyPod pod(Asker asker) throws IOException, InterruptedException {
        ProxyPod pod = pods.get(asker);
        if (pod == null) {
            objects.namespace(asker.namespace());
            pod = new ProxyPod(cluster, asker);
            pods.put(asker, pod);
        }
        return pod;
    }

    @Override
    public void close() throws IOException {
        marker.close();
        for (ProxyPod pod : List.copyOf(pods.values())) {
            pod.close();
        }
        istiod.close();
        mesh.close();
        objects.close();
        cluster.close();
    }
}
