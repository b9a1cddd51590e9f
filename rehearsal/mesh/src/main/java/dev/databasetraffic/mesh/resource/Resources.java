package dev.databasetraffic.mesh.resource;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.databasetraffic.mesh.manifest.Manifest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a mesh that its model reads, each kind in the order in which istiod does.
 *
 * @param unread what speaks of the mesh's traffic and is not modelled
 */
public record Resources(
        List<Resource<KubernetesService>> services,
        List<Resource<ServiceEntry>> serviceEntries,
        List<Resource<VirtualService>> virtualServices,
        List<Resource<DestinationRule>> destinationRules,
        List<Resource<Sidecar>> sidecars,
        List<Resource<Gateway>> gateways,
        List<Resource<ConnectionRoute>> connectionRoutes,
        List<Resource<KubernetesGateway>> kubernetesGateways,
        List<Resource<KubernetesNamespace>> namespaces,
        List<Manifest> unread) {

    private static final String ISTIO = "networking.istio.io";
    private static final Set<String> MESH_GROUPS =
            Set.of(ISTIO, ConnectionRoute.GROUP, "security.istio.io", "telemetry.istio.io", "extensions.istio.io");
    private static final Map<String, Class<?>> SPECS = Map.of(
            "/Service",
            KubernetesService.class,
            ISTIO + "/ServiceEntry",
            ServiceEntry.class,
            ISTIO + "/VirtualService",
            VirtualService.class,
            ISTIO + "/DestinationRule",
            DestinationRule.class,
            ISTIO + "/Sidecar",
            Sidecar.class,
            ISTIO + "/Gateway",
            Gateway.class,
            ConnectionRoute.GROUP + "/TLSRoute",
            ConnectionRoute.class,
            ConnectionRoute.GROUP + "/TCPRoute",
            ConnectionRoute.class,
            ConnectionRoute.GROUP + "/Gateway",
            KubernetesGateway.class,
            "/Namespace",
            KubernetesNamespace.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * @param manifests valid ones, in the order in which they were applied: a later one replaces an earlier one of the
     *     same kind and name
     */
    public static Resources of(List<Manifest> manifests) {
        List<Resource<?>> read = new ArrayList<>();
        List<Manifest> unread = new ArrayList<>();
        for (Manifest manifest : latest(manifests)) {
            Resource<?> resource = read(manifest);
            if (resource != null) {
                read.add(resource);
            } else if (MESH_GROUPS.contains(manifest.group())) {
                unread.add(manifest);
            }
        }
        return of(read, unread);
    }

    /** All that the model reads. */
    public Stream<Resource<?>> all() {
        return Stream.<List<? extends Resource<?>>>of(
                        services,
                        serviceEntries,
                        virtualServices,
                        destinationRules,
                        sidecars,
                        gateways,
                        connectionRoutes,
                        kubernetesGateways,
                        namespaces)
                .flatMap(List::stream);
    }

    /** As {@link #of(List)} for what was read before, one of each kind and name. */
    public static Resources ofRead(Collection<? extends Resource<?>> resources) {
        return of(resources, List.of());
    }

    /** @return null for a kind that the model does not read */
    public static @Nullable Resource<?> read(Manifest manifest) {
        Class<?> type = SPECS.get(manifest.group() + "/" + manifest.kind());
        if (type == null) {
            return null;
        }
        JsonNode spec = manifest.tree().path("spec");
        return new Resource<>(
                manifest, created(manifest), JSON.convertValue(spec.isObject() ? spec : JSON.createObjectNode(), type));
    }

    private static Resources of(Collection<? extends Resource<?>> resources, List<Manifest> unread) {
        return new Resources(
                ofType(resources, KubernetesService.class),
                ofType(resources, ServiceEntry.class),
                ofType(resources, VirtualService.class),
                ofType(resources, DestinationRule.class),
                ofType(resources, Sidecar.class),
                ofType(resources, Gateway.class),
                ofType(resources, ConnectionRoute.class),
                ofType(resources, KubernetesGateway.class),
                ofType(resources, KubernetesNamespace.class),
                unread);
    }

    @SuppressWarnings("unchecked") // the spec says what the resource is
    private static <S> List<Resource<S>> ofType(Collection<? extends Resource<?>> resources, Class<S> type) {
        return resources.stream()
                .filter(resource -> type.isInstance(resource.spec()))
                .map(resource -> (Resource<S>) resource)
                .sorted(Resource.BY_AGE)
                .toList();
    }

    /** Of manifests of one object the one that was applied last. */
    private static Collection<Manifest> latest(List<Manifest> manifests) {
        record Key(String group, String kind, String namespace, String name) {}
        Map<Key, Manifest> latest = new LinkedHashMap<>();
        for (Manifest manifest : manifests) {
            latest.put(new Key(manifest.group(), manifest.kind(), manifest.namespace(), manifest.name()), manifest);
        }
        return latest.values();
    }

    /** What the API server wrote into it; later than anything for what it has not seen yet. */
    private static Instant created(Manifest manifest) {
        try {
            return Instant.parse(
                    manifest.tree().path("metadata").path("creationTimestamp").asText());
        } catch (DateTimeParseException e) {
            return Resource.NOT_YET;
        }
    }
}
