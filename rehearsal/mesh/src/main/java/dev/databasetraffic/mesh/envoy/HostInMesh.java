package dev.databasetraffic.mesh.envoy;

import org.jspecify.annotations.Nullable;

/**
 * A host, and how a proxy tells connections to it from others.
 *
 * @param port the host's port in the mesh
 * @param byServerName whether by the server name of their TLS greeting, if anything asks for one; if not, by the listener of
 *     its address or port
 * @param listener that listener's name, where the mesh is known: a proxy alone tells it only while the host is healthy;
 *     null if it is not known
 */
public record HostInMesh(
        String name,
        int port,
        boolean byServerName,
        @Nullable String listener) {

    /** A host of which nothing else is known. */
    public static HostInMesh of(String name, int port, boolean byServerName) {
        return new HostInMesh(name, port, byServerName, null);
    }

    /** The cluster that leads to the host itself. */
    String healthy() {
        return "outbound|" + port + "||" + name;
    }
}
