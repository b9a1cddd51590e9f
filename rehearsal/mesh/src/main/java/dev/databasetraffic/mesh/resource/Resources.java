package dev.databasetraffic.mesh.resource;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.databasetraffic.mesh.manifest.Manifest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The resources of a mesh that its model reads, each kind in the order in which istiod does.
 *
 * @param all every manifest that is in force: of several versions of an object the last
 * @param unread what speaks of the mesh's traffic and is not modelled
 */
public record Resources(
        List<Resource<KubernetesService>> services,
        List<Resource<ServiceEntry>> serviceEntries,
        List<Resource<VirtualService>> virtualServices,
        List<Resource<DestinationRule>> destinationRules,
        List<Resource<Sidecar>> sidecars,
        List<Resource<Gateway>> gateways,
        List<Manifest> unread,
        Set<Manifest> all) {

    private static final String ISTIO = "networking.istio.io";
    private static final Set<String> MESH_GROUPS = Set.of(
            ISTIO, "gateway.networking.k8s.io", "security.istio.io", "telemetry.istio.io", "extensions.istio.io");
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * @param manifests valid ones, in the order in which they were applied: a later one replaces an earlier one of the
     *     same kind and name
     */
    public static Resources of(List<Manifest> manifests) {
        return of(manifests, Resources::created);
    }

    /** @param created when the API server took a manifest in, which decides between rules for one host */
    public static Resources of(List<Manifest> manifests, Function<Manifest, Instant> created) {
        Resources resources = new Resources(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new LinkedHashSet<>());
        Latest.of(manifests).forEach(manifest -> resources.add(manifest, created));
        resources.services.sort(Resource.BY_AGE);
        resources.serviceEntries.sort(Resource.BY_AGE);
        resources.virtualServices.sort(Resource.BY_AGE);
        resources.destinationRules.sort(Resource.BY_AGE);
        resources.sidecars.sort(Resource.BY_AGE);
        resources.gateways.sort(Resource.BY_AGE);
        return resources;
    }

    private void add(Manifest manifest, Function<Manifest, Instant> created) {
        all.add(manifest);
        String kind = manifest.group() + "/" + manifest.kind();
        switch (kind) {
            case "/Service" -> services.add(resource(manifest, created, KubernetesService.class));
            case ISTIO + "/ServiceEntry" -> serviceEntries.add(resource(manifest, created, ServiceEntry.class));
            case ISTIO + "/VirtualService" -> virtualServices.add(resource(manifest, created, VirtualService.class));
            case ISTIO + "/DestinationRule" -> destinationRules.add(resource(manifest, created, DestinationRule.class));
            case ISTIO + "/Sidecar" -> sidecars.add(resource(manifest, created, Sidecar.class));
            case ISTIO + "/Gateway" -> gateways.add(resource(manifest, created, Gateway.class));
            default -> {
                if (MESH_GROUPS.contains(manifest.group())) {
                    unread.add(manifest);
                }
            }
        }
    }

    private static <S> Resource<S> resource(Manifest manifest, Function<Manifest, Instant> created, Class<S> type) {
        JsonNode spec = manifest.tree().path("spec");
        return new Resource<>(
                manifest,
                created.apply(manifest),
                JSON.convertValue(spec.isObject() ? spec : JSON.createObjectNode(), type));
    }

    /** What the API server wrote into it; later than anything for what it has not seen yet. */
    public static Instant created(Manifest manifest) {
        try {
            return Instant.parse(
                    manifest.tree().path("metadata").path("creationTimestamp").asText());
        } catch (DateTimeParseException e) {
            return Instant.MAX;
        }
    }
}
