package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.admission.AdmissionControl;
import dev.databasetraffic.mesh.admission.Refusal;
import dev.databasetraffic.mesh.manifest.Manifest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Manifests, parted by whether the API server and Istio's webhook take them: what they refuse changes nothing in the mesh.
 *
 * @param manifests that are taken
 * @param refused why the others are not
 */
public record Admitted(List<Manifest> manifests, List<Finding> refused) {

    public static Admitted of(List<Manifest> manifests) {
        List<Refusal> refusals = AdmissionControl.of(manifests);
        Set<Manifest> refused = refusals.stream().map(Refusal::manifest).collect(Collectors.toSet());
        return new Admitted(
                manifests.stream()
                        .filter(manifest -> !refused.contains(manifest))
                        .toList(),
                refusals.stream().map(Admitted::finding).toList());
    }

    private static Finding finding(Refusal refusal) {
        return new Finding(
                Trap.REFUSED,
                Severity.REFUSED,
                refusal.manifest(),
                refusal.line(),
                "It would be refused, and the mesh stay as it is: " + refusal.what() + ".",
                refusal.expected().isEmpty()
                        ? "kubectl apply --dry-run=server --validate=strict explains more"
                        : "expected is " + refusal.expected());
    }
}
