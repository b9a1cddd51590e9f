package dev.databasetraffic.mesh.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Says what the API server and Istio's webhook would refuse, as of the versions of which the schemas were recorded. What
 * they only warn about is taken.
 */
public final class AdmissionControl {

    private static final Map<String, BiConsumer<Element, String>> BEYOND_SCHEMAS = Map.ofEntries(
            Map.entry("networking.istio.io/ServiceEntry", ServiceEntryValidation::check),
            Map.entry("networking.istio.io/VirtualService", VirtualServiceValidation::check),
            Map.entry("networking.istio.io/DestinationRule", DestinationRuleValidation::check),
            Map.entry("networking.istio.io/Gateway", GatewayValidation::check),
            Map.entry("networking.istio.io/Sidecar", SidecarValidation::check),
            Map.entry("networking.istio.io/WorkloadEntry", ServiceEntryValidation::checkWorkload),
            Map.entry("/Service", ServiceValidation::check),
            Map.entry("/Pod", WorkloadValidation::checkPod),
            Map.entry("apps/Deployment", WorkloadValidation::checkTemplated),
            Map.entry("apps/StatefulSet", WorkloadValidation::checkTemplated),
            Map.entry("apps/DaemonSet", WorkloadValidation::checkTemplated),
            Map.entry("apps/ReplicaSet", WorkloadValidation::checkTemplated),
            Map.entry("batch/Job", WorkloadValidation::checkJob),
            Map.entry("batch/CronJob", WorkloadValidation::checkCronJob));

    private AdmissionControl() {}

    /** What would be refused, in the order of the manifests; empty if all would be taken. */
    public static List<Refusal> of(List<Manifest> manifests) {
        List<Refusal> refusals = new ArrayList<>();
        for (Manifest manifest : manifests) {
            check(manifest, refusals);
        }
        return List.copyOf(refusals);
    }

    /**
     * The manifests, if all would be taken.
     *
     * @throws ManifestException of the first that would be refused
     */
    public static List<Manifest> admit(List<Manifest> manifests) throws ManifestException {
        List<Refusal> refusals = of(manifests);
        if (!refusals.isEmpty()) {
            Refusal first = refusals.get(0);
            throw new ManifestException(first.manifest().file(), first.line(), first.sentence());
        }
        return manifests;
    }

    /**
     * Whether it is known what the API server takes of this kind; of others, metadata alone is looked at, as anybody may
     * define what else is theirs.
     */
    public static boolean knows(Manifest manifest) {
        return !Schemas.RECORDED.kinds(manifest.group()).isEmpty();
    }

    /** The versions of Istio, the Gateway API and Kubernetes of which this speaks, by those names. */
    public static Map<String, String> versions() {
        return Schemas.RECORDED.versions();
    }

    private static void check(Manifest manifest, List<Refusal> refusals) {
        Element resource = Element.of(manifest, refusals);
        JsonNode schema = Schemas.RECORDED.of(manifest.apiVersion(), manifest.kind());
        StructuralSchema structure = new StructuralSchema(Schemas.RECORDED);
        if (schema == null) {
            if (knows(manifest)) {
                refuseKind(manifest, resource);
            } else if (resource.at("metadata").exists()) {
                structure.check(Schemas.RECORDED.metadata(), resource.at("metadata"));
            }
            return;
        }
        int before = refusals.size();
        structure.check(schema, resource);
        if (refusals.size() == before) {
            MetadataValidation.check(resource, manifest.kind());
            BEYOND_SCHEMAS
                    .getOrDefault(manifest.group() + "/" + manifest.kind(), (other, namespace) -> {})
                    .accept(resource, manifest.namespace());
        }
        if (refusals.size() == before) {
            structure.checkRules();
        }
    }

    private static void refuseKind(Manifest manifest, Element resource) {
        List<String> versions = Schemas.RECORDED.versions(manifest.group(), manifest.kind());
        if (versions.isEmpty()) {
            resource.at("kind")
                    .refuse(
                            "is " + manifest.kind() + ", which " + manifest.apiVersion() + " does not have",
                            NearNames.of(
                                    manifest.kind(),
                                    Schemas.RECORDED.kinds(manifest.group()).stream()
                                            .map(name -> name.substring(name.indexOf(' ') + 1))
                                            .collect(Collectors.toCollection(TreeSet::new))));
        } else {
            resource.at("apiVersion")
                    .refuse(
                            "is " + manifest.apiVersion() + ", in which there is no " + manifest.kind(),
                            "one of " + String.join(", ", versions));
        }
    }
}
