package dev.databasetraffic.mesh.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a proxy has: listeners by their names, clusters by theirs.
 */
public record ProxyConfiguration(Map<String, Listener> listeners, Map<String, Cluster> clusters) {

    /** The listener for connections to an address and port: the address's own, else the one for all addresses. */
    public Optional<Listener> listener(String address, int port) {
        return Optional.ofNullable(listeners.get(address + "_" + port))
                .or(() -> Optional.ofNullable(listeners.get(RegisteredHost.UNSPECIFIED + "_" + port)));
    }

    /** Why Envoy refuses a listener, one sentence for each that it refuses; a refused one stays as it was. */
    public List<String> refusals() {
        return EnvoyRefusal.of(listeners.values());
    }
}
