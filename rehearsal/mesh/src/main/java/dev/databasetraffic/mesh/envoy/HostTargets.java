package dev.databasetraffic.mesh.envoy;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where one Envoy leads new connections to a host. Confined to one thread. */
final class HostTargets {

    private final EnvoyAdmin admin;
    private final String host;
    private final String healthy;
    private final boolean byServerName;
    private @Nullable String listener;

    /**
     * @param port the host's port in the mesh
     * @param byServerName whether connections to it are told apart by the server name of their TLS greeting; if not, by
     *     the listener of its address or port, which is looked for while the host is healthy
     */
    HostTargets(EnvoyAdmin admin, String host, int port, boolean byServerName) {
        this.admin = admin;
        this.host = host;
        this.healthy = "outbound|" + port + "||" + host;
        this.byServerName = byServerName;
    }

    /** The cluster that leads to the host itself. */
    String healthy() {
        return healthy;
    }

    /** The clusters of now. */
    Set<String> look() throws IOException, InterruptedException {
        if (byServerName) {
            return admin.targets(host);
        }
        String known = listener;
        if (known == null) {
            known = admin.listenerLeadingTo(healthy)
                    .orElseThrow(() -> new IOException("no listener of " + admin + " leads to " + healthy));
            listener = known;
        }
        return admin.targetsOfListener(known);
    }
}
