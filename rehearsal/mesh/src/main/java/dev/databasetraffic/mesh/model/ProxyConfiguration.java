package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.model.Listener.Connection;
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

    /**
     * The chain that new connections to a host find.
     *
     * @param byServerName whether they begin with a TLS greeting that names the host
     */
    public Optional<FilterChain> chain(String host, int port, boolean byServerName) {
        String address = address(host, byServerName);
        Connection connection = byServerName ? Connection.tls(address, host) : Connection.bytes(address);
        return listener(address, port).map(listener -> listener.match(connection));
    }

    /** The listener that takes connections to a host which do not name it. */
    public Optional<Listener> listenerOf(String host, int port) {
        return listener(address(host, false), port);
    }

    private String address(String host, boolean byServerName) {
        RegisteredHost registered = hosts.get(new Hostname(host));
        return byServerName || registered == null ? RegisteredHost.UNSPECIFIED : registered.address();
    }

    /** The listeners that Envoy refuses; each stays as it was. */
    public List<EnvoyRefusal> refusals() {
        return EnvoyRefusal.of(listeners.values());
    }
}
