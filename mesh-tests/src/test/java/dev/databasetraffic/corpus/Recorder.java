package dev.databasetraffic.corpus;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Asks a cluster about one file after another: applies it, waits until istiod has taken it in and the proxies what istiod
 * sends them, notes the difference to before, and takes the file out again.
 */
final class Recorder implements AutoCloseable {

    private static final Duration RESTORED = Duration.ofSeconds(20);

    private static final Asker SIDECAR = Asker.parse("sidecar");

    private record Vantage(Asker asker, Map<String, String> mesh) {}

    private final KubernetesClient cluster = new KubernetesClientBuilder().build();
    private final Fitness fitness = new Fitness(cluster);
    private final ClusterObjects objects = new ClusterObjects(cluster);
    private final MeshConfiguration mesh = new MeshConfiguration(cluster);
    private final Istiod istiod = new Istiod(cluster);
    private final Map<Asker, AskedProxy> proxies = new HashMap<>();
    private final Map<Vantage, ProxyState> bases = new HashMap<>();
    private final Marker marker;

    Recorder() throws IOException, InterruptedException {
        this.marker = new Marker(objects, istiod, proxy(SIDECAR).node());
    }

    /** Each change of the mesh's configuration makes every proxy anew: few of them, and back at the end. */
    static List<CorpusFile> inOrder(List<CorpusFile> questions) {
        return questions.stream()
                .sorted(Comparator.comparing(question -> question.mesh().toString(), Comparator.reverseOrder()))
                .toList();
    }

    /** What the cluster lacks to answer; null where it can. */
    @Nullable
    String missing(CorpusFile question) {
        return fitness.missing(question);
    }

    /** The record of a file, as text. */
    String ask(CorpusFile question) throws IOException, InterruptedException {
        mesh.set(question.mesh());
        for (Asker asker : question.askers()) {
            proxy(asker);
        }
        for (Asker asker : question.askers()) {
            Vantage vantage = new Vantage(asker, question.mesh());
            if (!bases.containsKey(vantage)) {
                bases.put(vantage, settledBase(asker));
            }
        }
        try {
            Map<String, String> refused = objects.create(question.objects());
            marker.await();
            if (question.needsAmbient()) {
                objects.awaitAddresses(question.objects());
                marker.await();
            }
            Map<String, Object> answers = new TreeMap<>();
            for (Asker asker : question.askers()) {
                answers.put(asker.toString(), answer(asker, base(asker, question)));
            }
            return Recording.text(refused, answers, new ClusterAddresses(cluster));
        } finally {
            objects.delete(question.objects());
            restore(question);
        }
    }

    private ProxyState settledBase(Asker asker) throws IOException, InterruptedException {
        marker.await();
        return state(asker);
    }

    private Map<String, Object> answer(Asker asker, ProxyState base) throws IOException, InterruptedException {
        ProxyState state = state(asker);
        Map<String, String> rejected = proxy(asker).awaitTaken(state.listeners());
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

    private void restore(CorpusFile question) throws InterruptedException, InvalidProtocolBufferException {
        marker.await();
        for (Asker asker : question.askers()) {
            Awaitility.await("what " + asker + " gets to be again as before " + question.file()
                            + "; does somebody else change the mesh?")
                    .atMost(RESTORED)
                    .pollDelay(Duration.ZERO)
                    .until(() -> state(asker).equals(base(asker, question)));
        }
    }

    private ProxyState base(Asker asker, CorpusFile question) {
        return Objects.requireNonNull(bases.get(new Vantage(asker, question.mesh())));
    }

    private ProxyState state(Asker asker) throws InterruptedException, IOException {
        return istiod.ask(proxy(asker).node());
    }

    private AskedProxy proxy(Asker asker) throws IOException, InterruptedException {
        AskedProxy proxy = proxies.get(asker);
        if (proxy == null) {
            objects.namespace(asker.namespace());
            proxy = asker.kind() == Asker.Kind.WAYPOINT
                    ? new Waypoint(cluster, asker, proxy(SIDECAR).node())
                    : new ProxyPod(cluster, asker);
            proxies.put(asker, proxy);
            // A Service may have come with it, which the others see.
            bases.clear();
        }
        return proxy;
    }

    @Override
    public void close() throws IOException {
        // Each in its turn from behind, also if one before it fails.
        try (cluster;
                objects;
                mesh;
                istiod) {
            marker.close();
            for (AskedProxy proxy : List.copyOf(proxies.values())) {
                proxy.close();
            }
        }
    }
}
