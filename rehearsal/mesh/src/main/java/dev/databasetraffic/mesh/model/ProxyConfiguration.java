package dev.databasetraffic.mesh.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a proxy has: listeners by their names, clusters by theirs.
 *
 * @param hosts what the proxy is told of, by name
 * @param requests how plain HTTP requests are routed, by {@code HOST:PORT}
 */
public record ProxyConfiguration(
        Map<Hostname, RegisteredHost> hosts,
        Map<String, Listener> listeners,
        Map<String, Cluster> clusters,
        Map<String, List<RequestRoute>> requests) {

    /** The listener for connections to an address and port: the address's own, else the one for all addresses. */
    public Optional<Listener> listener(String address, int port) {
        return Optional.ofNullable(listeners.get(address + "_" + port))
                .or(() -> Optional.ofNullable(listeners.get(RegisteredHost.UNSPECIFIED + "_" + port)));
    }

    /** The listeners that Envoy refuses; each stays as it was. */
    public List<EnvoyRefusal> refusals() {
        return EnvoyRefusal.of(listeners.values());
    }
}
