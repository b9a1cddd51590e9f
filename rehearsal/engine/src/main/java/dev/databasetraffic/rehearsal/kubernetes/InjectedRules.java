package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of an outage that this process has brought into the cluster, under the guard's label. */
final class InjectedRules {

    private final KubernetesClient client;
    private final String namespace;
    private final Guard guard;
    private final List<HasMetadata> applied = new ArrayList<>();

    InjectedRules(KubernetesClient client, String namespace, Guard guard) {
        this.client = client;
        this.namespace = namespace;
        this.guard = guard;
    }

    /** @throws PlaceException if one is not of the kind that the guard can take back, or the cluster refuses it */
    void apply(Path outage) throws PlaceException {
        try (InputStream in = Files.newInputStream(outage)) {
            for (HasMetadata rule : client.load(in).items()) {
                requireRemovable(rule, outage);
                Map<String, String> labels = new HashMap<>(
                        Objects.requireNonNullElse(rule.getMetadata().getLabels(), Map.of()));
                // Last: a file that was saved from the cluster may have that of another rehearsal.
                labels.putAll(guard.label());
                rule.getMetadata().setLabels(labels);
                put(rule, outage);
            }
        } catch (IOException e) {
            throw new PlaceException(outage + " cannot be read: " + e + ".", e);
        } catch (KubernetesClientException e) {
            throw new PlaceException("The cluster refused " + outage + ": " + e.getMessage(), e);
        }
    }

    /** One takes the place of another of ours; to replace somebody else's, and then delete it, would be more than an outage. */
    private void put(HasMetadata rule, Path outage) throws PlaceException {
        String name = rule.getMetadata().getName();
        if (applied.stream().anyMatch(own -> own.getMetadata().getName().equals(name))) {
            client.resource(rule).update();
            return;
        }
        applied.add(rule);
        try {
            client.resource(rule).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                // It may be there all the same, if the answer was lost.
                throw e;
            }
            if (!isOurs(client.resource(rule).get())) {
                applied.remove(rule);
                throw new PlaceException(
                        outage + " holds VirtualService " + namespace + "/" + name
                                + ", which is in the cluster already. Give that of the outage a name of its own.",
                        e);
            }
        }
    }

    /** Also where the client has asked twice, because the first answer was lost. */
    private boolean isOurs(@Nullable HasMetadata there) {
        return there != null
                && there.getMetadata().getLabels() != null
                && there.getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(guard.label().entrySet());
    }

    private void requireRemovable(HasMetadata rule, Path outage) throws PlaceException {
        if (!rule.getKind().equals("VirtualService")
                || !namespace.equals(rule.getMetadata().getNamespace())) {
            throw new PlaceException(outage + " holds " + rule.getKind() + " "
                    + rule.getMetadata().getNamespace() + "/"
                    + rule.getMetadata().getName()
                    + ". In a cluster, an outage is made of VirtualServices in namespace "
                    + namespace + ", because the guard can take just these back.");
        }
    }

    /** @throws PlaceException if the cluster refuses; what is left is tried again by the next call, and by the guard */
    void remove() throws PlaceException {
        try {
            for (HasMetadata rule : List.copyOf(applied)) {
                // Where it was refused, one of its name may be somebody else's.
                if (isOurs(client.resource(rule).get())) {
                    client.resource(rule).delete();
                }
                applied.remove(rule);
            }
        } catch (KubernetesClientException e) {
            throw new PlaceException(
                    "The outage could not be removed: " + e.getMessage()
                            + " Once this process has ended, the guard in the"
                            + " cluster removes it. By hand: kubectl -n " + namespace + " delete virtualservice -l "
                            + Guard.LABEL,
                    e);
        }
    }
}
