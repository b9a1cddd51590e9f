package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.mesh.check.Finding;
import dev.databasetraffic.mesh.check.MeshCheck;
import dev.databasetraffic.mesh.check.Severity;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import io.fabric8.istio.client.IstioClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the checker says of a rule in the light of what the cluster holds, before the rule is applied. */
final class Foresight {

    private final KubernetesClient client;
    private final Path file;
    private final String host;

    /** @param file receives the cluster's hosts and rules, so that a finding can point to their lines */
    Foresight(KubernetesClient client, Path file, String host) {
        this.client = client;
        this.file = file;
        this.host = host;
    }

    /**
     * Sentences for the report; empty if the rule does what it seems to.
     *
     * @throws PlaceException if the outage is not a manifest
     */
    List<String> of(Path outage) throws PlaceException {
        try {
            Files.writeString(
                    file, manifests().stream().map(Serialization::asYaml).collect(Collectors.joining("---\n")));
            List<Manifest> all = new ArrayList<>(Manifest.read(file));
            all.addAll(Manifest.read(outage));
            return MeshCheck.check(all, MeshOptions.DEFAULTS).stream()
                    .filter(finding -> finding.severity() != Severity.NOTE)
                    .filter(this::concernsUs)
                    .map(finding -> finding.why() + " " + finding.mend() + ".")
                    .toList();
        } catch (ManifestException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new PlaceException(file + " cannot be written: " + e + ".", e);
        }
    }

    /** The traps of others in the same cluster are theirs. */
    private boolean concernsUs(Finding finding) {
        return !finding.manifest().file().equals(file) || finding.why().contains(host);
    }

    private List<HasMetadata> manifests() {
        var istio = client.adapt(IstioClient.class).v1();
        List<HasMetadata> manifests = new ArrayList<>();
        manifests.addAll(client.services().inAnyNamespace().list().getItems());
        istio.serviceEntries().inAnyNamespace().list().getItems().forEach(entry -> {
            entry.setStatus(null);
            manifests.add(entry);
        });
        istio.destinationRules().inAnyNamespace().list().getItems().forEach(rule -> {
            rule.setStatus(null);
            manifests.add(rule);
        });
        istio.virtualServices().inAnyNamespace().list().getItems().forEach(rule -> {
            rule.setStatus(null);
            manifests.add(rule);
        });
        manifests.forEach(manifest -> manifest.getMetadata().setManagedFields(null));
        return manifests;
    }
}
