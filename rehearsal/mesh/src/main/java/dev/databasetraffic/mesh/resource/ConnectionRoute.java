package dev.databasetraffic.mesh.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route of the Gateway API for connections: a TLSRoute, or a TCPRoute, as its manifest's kind says.
 *
 * @param hostnames server names; none in a TCPRoute
 */
public record ConnectionRoute(List<Parent> parentRefs, List<String> hostnames, List<Forwarding> rules) {

    public static final String GROUP = "gateway.networking.k8s.io";

    public ConnectionRoute {
        parentRefs = Present.list(parentRefs);
        hostnames = Present.list(hostnames);
        rules = Present.list(rules);
    }

    /**
     * What the route is for.
     *
     * @param namespace empty for the route's own
     * @param port 0 for all
     */
    public record Parent(String group, String kind, String namespace, String name, String sectionName, int port) {

        public Parent {
            group = group == null ? GROUP : group;
            kind = kind == null ? "Gateway" : kind;
            namespace = Present.text(namespace);
            name = Present.text(name);
            sectionName = Present.text(sectionName);
        }

        public boolean isService() {
            return group.isEmpty() && kind.equals("Service");
        }

        public boolean isServiceEntry() {
            return group.equals("networking.istio.io") && kind.equals("ServiceEntry");
        }

        /** Whether the route is for the mesh there, and for no gateway. */
        public boolean isInMesh() {
            return isService() || isServiceEntry();
        }

        /** The parent's namespace. */
        public String namespaceFor(Resource<ConnectionRoute> route) {
            return namespace.isEmpty() ? route.namespace() : namespace;
        }
    }

    /** Where connections go. */
    public record Forwarding(List<Backend> backendRefs) {

        public Forwarding {
            backendRefs = Present.list(backendRefs);
        }
    }

    /**
     * A backend's share.
     *
     * @param namespace empty for the route's own
     * @param port 0 if the manifest names none
     * @param weight null for 1
     */
    public record Backend(
            String group,
            String kind,
            String namespace,
            String name,
            int port,
            @Nullable Integer weight) {

        public Backend {
            group = Present.text(group);
            kind = kind == null ? "Service" : kind;
            namespace = Present.text(namespace);
            name = Present.text(name);
        }

        public int share() {
            return weight == null ? 1 : weight;
        }
    }
}
