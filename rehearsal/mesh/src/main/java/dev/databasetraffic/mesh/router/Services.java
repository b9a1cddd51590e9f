package dev.databasetraffic.mesh.router;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who listens where: the registry that a sidecar is told by its control plane. */
public final class Services {

    private final Map<String, Map<Integer, Optional<InetSocketAddress>>> ports = new LinkedHashMap<>();

    /** A port of a host, and who answers there. */
    public Services with(String host, int port, InetSocketAddress endpoint) {
        ports.computeIfAbsent(host, any -> new LinkedHashMap<>()).put(port, Optional.of(endpoint));
        return this;
    }

    /** A port that the host has, with nobody behind it. */
    public Services withoutEndpoints(String host, int port) {
        ports.computeIfAbsent(host, any -> new LinkedHashMap<>()).put(port, Optional.empty());
        return this;
    }

    Endpoint resolve(Destination destination) {
        Map<Integer, Optional<InetSocketAddress>> known = ports.getOrDefault(destination.host(), Map.of());
        List<Optional<InetSocketAddress>> matching = known.entrySet().stream()
                .filter(port -> destination.port() == null
                        ? known.size() == 1
                        : port.getKey().equals(destination.port()))
                .map(Map.Entry::getValue)
                .toList();
        if (matching.isEmpty()) {
            return new Endpoint.None("NC", "no such host and port");
        }
        return matching.get(0).<Endpoint>map(Endpoint.At::new).orElseGet(() -> new Endpoint.None("UH", "no endpoints"));
    }

    /** What a destination resolves to. */
    sealed interface Endpoint {

        record At(InetSocketAddress address) implements Endpoint {}

        /** The connection is reset; {@code flag} is what Envoy's access log shows as the response flag. */
        record None(String flag, String reason) implements Endpoint {}
    }
}
