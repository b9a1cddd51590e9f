package dev.databasetraffic.mesh.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How traffic for hosts is routed. */
public record VirtualService(
        List<String> hosts,
        List<String> gateways,
        List<String> exportTo,
        List<TlsRoute> tls,
        List<TcpRoute> tcp,
        List<HttpRoute> http) {

    public VirtualService {
        hosts = Present.list(hosts);
        gateways = Present.list(gateways);
        exportTo = Present.list(exportTo);
        tls = Present.list(tls);
        tcp = Present.list(tcp);
        http = Present.list(http);
    }

    /** A route for TLS that is passed through, matched by its server name. */
    public record TlsRoute(List<TlsMatch> match, List<Weighted> route) {

        public TlsRoute {
            match = Present.list(match);
            route = Present.list(route);
        }
    }

    /** A route for bytes. */
    public record TcpRoute(List<TcpMatch> match, List<Weighted> route) {

        public TcpRoute {
            match = Present.list(match);
            route = Present.list(route);
        }
    }

    /**
     * A route for requests; of its matches only what decides on the workload and the port.
     *
     * @param redirect,directResponse,delegate null, or what the route does instead of sending on
     */
    public record HttpRoute(
            List<HttpMatch> match,
            List<Weighted> route,
            @Nullable JsonNode redirect,
            @Nullable JsonNode directResponse,
            @Nullable JsonNode delegate) {

        public HttpRoute {
            match = Present.list(match);
            route = Present.list(route);
        }
    }

    /** What the three kinds of match share: all of it is decided when the workload is known. */
    public interface StaticMatch {

        /** The port, 0 for any. */
        int port();

        /** Empty for those of the rule. */
        List<String> gateways();

        Map<String, String> sourceLabels();

        /** Empty for any. */
        String sourceNamespace();
    }

    /** A match of a {@link TlsRoute}. */
    public record TlsMatch(
            List<String> sniHosts,
            List<String> destinationSubnets,
            int port,
            List<String> gateways,
            Map<String, String> sourceLabels,
            String sourceNamespace)
            implements StaticMatch {

        public TlsMatch {
            sniHosts = Present.list(sniHosts);
            destinationSubnets = Present.list(destinationSubnets);
            gateways = Present.list(gateways);
            sourceLabels = Present.map(sourceLabels);
            sourceNamespace = Present.text(sourceNamespace);
        }
    }

    /** A match of a {@link TcpRoute}. */
    public record TcpMatch(
            List<String> destinationSubnets,
            int port,
            List<String> gateways,
            Map<String, String> sourceLabels,
            String sourceNamespace)
            implements StaticMatch {

        public TcpMatch {
            destinationSubnets = Present.list(destinationSubnets);
            gateways = Present.list(gateways);
            sourceLabels = Present.map(sourceLabels);
            sourceNamespace = Present.text(sourceNamespace);
        }
    }

    /** A match of an {@link HttpRoute}. */
    public record HttpMatch(int port, List<String> gateways, Map<String, String> sourceLabels, String sourceNamespace)
            implements StaticMatch {

        /** The members that say nothing of a request. */
        public static final Set<String> STATIC_MEMBERS =
                Set.of("port", "gateways", "sourceLabels", "sourceNamespace", "name", "statPrefix");

        public HttpMatch {
            gateways = Present.list(gateways);
            sourceLabels = Present.map(sourceLabels);
            sourceNamespace = Present.text(sourceNamespace);
        }
    }

    /**
     * A destination's share.
     *
     * @param weight 0 if the manifest names none
     */
    public record Weighted(Destination destination, int weight) {

        private static final Destination NOWHERE = new Destination("", null, "");

        public Weighted {
            destination = destination == null ? NOWHERE : destination;
        }
    }
}
