package dev.databasetraffic.mesh.router;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who answers on this machine for the hosts of the mesh. A host that is not among them has no endpoints. */
public final class Endpoints {

    private final Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();

    public Endpoints with(String host, int port, InetSocketAddress address) {
        addresses.put(host + ":" + port, address);
        return this;
    }

    Optional<InetSocketAddress> of(String host, int port) {
        return Optional.ofNullable(addresses.get(host + ":" + port));
    }
}
