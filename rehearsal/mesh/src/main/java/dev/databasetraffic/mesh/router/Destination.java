package dev.databasetraffic.mesh.router;

import org.jspecify.annotations.Nullable;

/**
 * Where a route may send a connection.
 *
 * @param host fully qualified
 * @param port null if the route names none, which is enough for a host that has just one
 * @param weight the destination's share of the connections, out of the sum of all weights of its route
 */
record Destination(String host, @Nullable Integer port, int weight) {

    @Override
    public String toString() {
        return port == null ? host : host + ":" + port;
    }
}
