package dev.databasetraffic.mesh.envoy;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where one Envoy leads new connections to a host. Confined to one thread. */
final class HostTargets {

    private final EnvoyAdmin admin;
    private final HostInMesh host;
    private @Nullable String listener;

    HostTargets(EnvoyAdmin admin, HostInMesh host) {
        this.admin = admin;
        this.host = host;
    }

    /** The clusters of now. */
    Set<String> look() throws IOException, InterruptedException {
        if (host.byServerName()) {
            return admin.targets(host);
        }
        if (listener == null) {
            listener = admin.listenerLeadingTo(host.healthy()).orElse(null);
        }
        String known = listener == null ? host.listener() : listener;
        Set<String> targets = known == null ? Set.of() : admin.targetsOfListener(known);
        if (targets.isEmpty()) {
            throw new IOException("no listener of " + admin + " leads to " + host.healthy());
        }
        return targets;
    }
}
