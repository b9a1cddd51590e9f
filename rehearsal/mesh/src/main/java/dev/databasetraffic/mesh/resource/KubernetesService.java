package dev.databasetraffic.mesh.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Kubernetes Service. */
public record KubernetesService(
        String type, String clusterIP, String externalName, Map<String, String> selector, List<Port> ports) {

    public KubernetesService {
        type = Present.text(type);
        clusterIP = Present.text(clusterIP);
        externalName = Present.text(externalName);
        selector = Present.map(selector);
        ports = Present.list(ports);
    }

    /** @param targetPort a number or a name, null for the same number */
    public record Port(
            int port,
            String name,
            String protocol,
            @Nullable String appProtocol,
            @Nullable JsonNode targetPort) {

        public Port {
            name = Present.text(name);
            protocol = Present.text(protocol);
        }
    }
}
