package dev.databasetraffic.corpus;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a cluster can be asked about. */
final class Fitness {

    /** Where a cluster and its Istio have Services of their own. */
    private static final Set<String> SYSTEM = Set.of("default", "kube-system", "istio-system");

    private static final List<String> KINDS =
            List.of("ServiceEntry", "VirtualService", "DestinationRule", "Sidecar", "Gateway");

    private final boolean gatewayApi;
    private final boolean ambient;

    Fitness(KubernetesClient cluster) {
        this.gatewayApi = cluster.getApiGroup("gateway.networking.k8s.io") != null;
        this.ambient = cluster
                .apps()
                .deployments()
                .inNamespace("istio-system")
                .withName("istiod")
                .require()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .stream()
                .flatMap(container -> container.getEnv().stream())
                .anyMatch(variable ->
                        variable.getName().equals("PILOT_ENABLE_AMBIENT") && "true".equals(variable.getValue()));
    }

    /** What the cluster lacks to answer a question; null where it can. */
    @Nullable
    String missing(CorpusFile question) {
        if (question.needsAmbient() && !ambient) {
            return "istiod with PILOT_ENABLE_AMBIENT=true";
        }
        return question.needsGatewayApi() && !gatewayApi ? "the custom resources of the Gateway API" : null;
    }

    /** What else lies in the mesh and would be answered for along with any file. */
    static List<String> foreign(KubernetesClient cluster) {
        Stream<? extends HasMetadata> rules = KINDS.stream()
                .flatMap(kind -> cluster
                        .genericKubernetesResources("networking.istio.io/v1", kind)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .stream());
        Stream<? extends HasMetadata> services = cluster.services().inAnyNamespace().list().getItems().stream()
                .filter(service -> !SYSTEM.contains(service.getMetadata().getNamespace()));
        return Stream.concat(rules, services)
                .filter(object -> !object.getMetadata().getNamespace().equals(Marker.NAMESPACE))
                .map(ClusterObjects::name)
                .sorted()
                .toList();
    }
}
