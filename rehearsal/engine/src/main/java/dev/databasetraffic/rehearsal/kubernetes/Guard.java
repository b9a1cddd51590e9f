package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.kit.ClassResource;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A Job in the cluster that ends this rehearsal's outage should this process vanish. */
final class Guard implements AutoCloseable {

    /** The label of the rules that the guard may delete; its value is the guard's name. */
    static final String LABEL = "databasetraffic.dev/rehearsal";

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration RENEWAL = Duration.ofSeconds(2);
    private static final Duration START = Duration.ofMinutes(2);

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final HasMetadata job;
    private final ScheduledExecutorService renewing = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "rehearsal-guard");
        thread.setDaemon(true);
        return thread;
    });

    private Guard(KubernetesClient client, String namespace, String name, HasMetadata job) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.job = job;
    }

    /**
     * Starts the Job; returns when it watches.
     *
     * @param image an image with a shell and curl that the cluster's nodes have or can get
     * @throws PlaceException if it does not start; nothing is left behind then
     */
    static Guard start(KubernetesClient client, String namespace, String name, String image) throws PlaceException {
        List<HasMetadata> manifests = client.load(new ByteArrayInputStream(manifest(Map.of(
                                "name", name,
                                "namespace", namespace,
                                "image", image,
                                "label", LABEL + "%3D" + name,
                                "patience", String.valueOf(PATIENCE.toSeconds())))
                        .getBytes(StandardCharsets.UTF_8)))
                .items();
        Guard guard = null;
        try {
            HasMetadata job = client.resource(manifests.get(0)).create();
            for (HasMetadata owned : manifests.subList(1, manifests.size())) {
                owned.getMetadata().setOwnerReferences(List.of(owner(job)));
                client.resource(owned).create();
            }
            guard = new Guard(client, namespace, name, job);
            guard.renewing.scheduleWithFixedDelay(guard::renew, 0, RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
            client.pods()
                    .inNamespace(namespace)
                    .withLabel("job-name", name)
                    .waitUntilCondition(
                            pod -> pod != null && pod.getStatus() != null && ServicePods.isRunning(pod),
                            START.toMillis(),
                            TimeUnit.MILLISECONDS);
            return guard;
        } catch (KubernetesClientException e) {
            if (guard != null) {
                guard.renewing.shutdownNow();
            }
            try {
                // Also where nobody knows whether it was made: its name is of this run alone.
                takeAway(client, manifests.get(0));
            } catch (PlaceException left) {
                e.addSuppressed(left);
            }
            throw new PlaceException(
                    "The Job that would end the outage if this process died did not start within " + START.toSeconds()
                            + " s in namespace " + namespace + ": " + e.getMessage() + " Nothing was injected.",
                    e);
        }
    }

    /** What an outage's rule carries so that the guard finds it. */
    Map<String, String> label() {
        return Map.of(LABEL, name);
    }

    /**
     * Takes the guard away; to be called when no outage is in force any more.
     *
     * @throws PlaceException if the cluster refuses or does not answer
     */
    @Override
    public void close() throws PlaceException {
        renewing.shutdownNow();
        takeAway(client, job);
    }

    private static void takeAway(KubernetesClient client, HasMetadata job) throws PlaceException {
        Removal.uninterrupted(() -> {
            try {
                client.resource(job).delete();
            } catch (KubernetesClientException e) {
                String name = job.getMetadata().getName();
                String namespace = job.getMetadata().getNamespace();
                throw new PlaceException(
                        "Job " + name + " in namespace " + namespace + " could not be taken away: " + e.getMessage()
                                + " By hand: kubectl -n " + namespace + " delete job " + name,
                        e);
            }
        });
    }

    private void renew() {
        try {
            client.leases().inNamespace(namespace).withName(name).edit(lease -> {
                lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC));
                return lease;
            });
        } catch (KubernetesClientException e) {
            // The next round tries again; the guard is patient for longer than a round takes.
        }
    }

    private static OwnerReference owner(HasMetadata job) {
        return new OwnerReferenceBuilder()
                .withApiVersion(job.getApiVersion())
                .withKind(job.getKind())
                .withName(job.getMetadata().getName())
                .withUid(job.getMetadata().getUid())
                .build();
    }

    private static String manifest(Map<String, String> values) {
        String text = ClassResource.text(Guard.class, "guard.yaml");
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }
}
