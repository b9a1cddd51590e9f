package dev.databasetraffic.corpus;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What is put into the cluster, and taken out of it again. */
final class ClusterObjects implements AutoCloseable {

    private static final int TRIES = 20;
    private static final Duration GONE = Duration.ofMinutes(2);

    /** Marks namespaces, so that those of a run that was killed go with those of the next. */
    private static final Map<String, String> MINE = Map.of("app.kubernetes.io/managed-by", "corpus-recorder");

    private final KubernetesClient cluster;

    ClusterObjects(KubernetesClient cluster) {
        this.cluster = cluster;
    }

    /** Makes a namespace that is not there; what was made goes when this is closed. */
    void namespace(String name) {
        Awaitility.await("namespace " + name + " of a former run to be gone")
                .atMost(GONE)
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    Namespace there = cluster.namespaces().withName(name).get();
                    return there == null || there.getMetadata().getDeletionTimestamp() == null;
                });
        if (cluster.namespaces().withName(name).get() == null) {
            cluster.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .addToLabels(MINE)
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    void put(GenericKubernetesResource object) {
        cluster.resource(object).forceConflicts().serverSideApply();
    }

    /**
     * Creates each object, as {@code kubectl apply} would: where one is refused, the others are not.
     *
     * <p>Of two rules for one host the older wins, and the cluster counts in seconds. So objects of one kind are made
     * within one second, which leaves the choice to their names, except where a file says when they came to be: then
     * they are made in that order, with a second in between.
     *
     * @return what the API server or a webhook said against one
     */
    Map<String, String> create(List<GenericKubernetesResource> objects) {
        for (GenericKubernetesResource object : objects) {
            if (object.getMetadata().getNamespace() != null) {
                namespace(object.getMetadata().getNamespace());
            }
        }
        for (int i = 0; i < TRIES; i++) {
            Map<String, String> refused = new TreeMap<>();
            Map<String, Set<String>> seconds = new TreeMap<>();
            boolean aged = false;
            String before = null;
            for (GenericKubernetesResource object : byAge(objects)) {
                String said = object.getMetadata().getCreationTimestamp();
                if (said != null && before != null && !said.equals(before)) {
                    awaitNextSecond();
                }
                aged |= said != null;
                before = said;
                try {
                    seconds.computeIfAbsent(object.getKind(), kind -> new HashSet<>())
                            .add(cluster.resource(object)
                                    .fieldValidation(Validation.STRICT)
                                    .create()
                                    .getMetadata()
                                    .getCreationTimestamp());
                } catch (KubernetesClientException e) {
                    refused.put(name(object), message(e));
                }
            }
            if (aged || seconds.values().stream().allMatch(set -> set.size() <= 1)) {
                return refused;
            }
            delete(objects);
            awaitNextSecond();
        }
        throw new IllegalStateException("no " + objects.size() + " objects in one second, in " + TRIES + " tries");
    }

    private static List<GenericKubernetesResource> byAge(List<GenericKubernetesResource> objects) {
        List<GenericKubernetesResource> sorted = new ArrayList<>(objects);
        sorted.sort(Comparator.comparing(
                object -> object.getMetadata().getCreationTimestamp(),
                Comparator.nullsFirst(Comparator.naturalOrder())));
        return sorted;
    }

    private static void awaitNextSecond() {
        long second = Instant.now().getEpochSecond();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Instant.now().getEpochSecond() > second);
    }

    static String name(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return object.getKind() + " " + (namespace == null ? "" : namespace + "/")
                + object.getMetadata().getName();
    }

    private static String message(KubernetesClientException e) {
        @Nullable
        String said = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
        return said == null ? e.toString() : said;
    }

    void delete(List<GenericKubernetesResource> objects) {
        objects.forEach(object -> cluster.resource(object).delete());
    }

    /** Waits until istiod gave an address to what has none of its own, as a waypoint and what stands behind it need one. */
    void awaitAddresses(List<GenericKubernetesResource> objects) {
        for (GenericKubernetesResource object : objects) {
            boolean given = object.get("spec", "addresses") != null
                    || object.getApiVersion().startsWith("networking.istio.io")
                            && object.getKind().equals("Gateway");
            if (!given && List.of("Gateway", "ServiceEntry").contains(object.getKind())) {
                Awaitility.await("istiod to give an address to " + name(object)).until(() -> {
                    GenericKubernetesResource now = cluster.resource(object).get();
                    return now == null || now.get("status", "addresses") != null;
                });
            }
        }
    }

    @Override
    public void close() {
        cluster.namespaces().withLabels(MINE).delete();
    }
}
