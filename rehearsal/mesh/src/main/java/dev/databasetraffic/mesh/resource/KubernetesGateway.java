package dev.databasetraffic.mesh.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Gateway of the Gateway API, of which the model knows waypoints. */
public record KubernetesGateway(String gatewayClassName, List<Listener> listeners) {

    public static final String WAYPOINT_CLASS = "istio-waypoint";

    /** The label by which a host, or its namespace, names its waypoint. */
    public static final String USE_LABEL = "istio.io/use-waypoint";

    private static final int HBONE_PORT = 15008;

    public KubernetesGateway {
        gatewayClassName = Present.text(gatewayClassName);
        listeners = Present.list(listeners);
    }

    /**
     * Whether hosts of other namespaces may use it as their waypoint. Which ones a selector takes is not looked at: who
     * wrote one means others than its own.
     */
    public boolean admitsOtherNamespaces() {
        return listeners.stream()
                .filter(listener -> listener.protocol().equals("HBONE") && listener.port() == HBONE_PORT)
                .findFirst()
                .map(listener -> listener.allowedRoutes().namespaces())
                .filter(namespaces -> !namespaces.from().equals("Same"))
                .isPresent();
    }

    /** A port of a gateway. */
    public record Listener(String protocol, int port, AllowedRoutes allowedRoutes) {

        public Listener {
            protocol = Present.text(protocol);
            allowedRoutes = allowedRoutes == null ? new AllowedRoutes(null) : allowedRoutes;
        }
    }

    /** Who may use a port. */
    public record AllowedRoutes(@Nullable Namespaces namespaces) {}

    /** The namespaces that may: Same, All or Selector. */
    public record Namespaces(String from) {

        public Namespaces {
            from = from == null ? "Same" : from;
        }
    }
}
