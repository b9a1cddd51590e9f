package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
                Map<String, String> labels = new HashMap<>(guard.label());
                if (rule.getMetadata().getLabels() != null) {
                    labels.putAll(rule.getMetadata().getLabels());
                }
                rule.getMetadata().setLabels(labels);
                applied.add(rule);
                client.resource(rule).createOr(NonDeletingOperation::update);
            }
        } catch (IOException e) {
            throw new PlaceException(outage + " cannot be read: " + e + ".", e);
        } catch (KubernetesClientException e) {
            throw new PlaceException("The cluster refused " + outage + ": " + e.getMessage(), e);
        }
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
                client.resource(rule).delete();
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
