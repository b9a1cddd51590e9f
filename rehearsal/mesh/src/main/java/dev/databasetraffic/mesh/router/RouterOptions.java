package dev.databasetraffic.mesh.router;

import dev.databasetraffic.mesh.traffic.MeshEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a router stands in for a sidecar.
 *
 * @param port to listen on at the loopback address, 0 for any free one; the manifests know it as {@code meshPort}
 * @param meshPort the port that the workload means, 443
 * @param database the host whose routes are reported as events
 * @param steadyState the folder of the manifests that stay
 * @param outages an existing folder, watched: a manifest that lies in it is in force
 * @param poll how often that folder is looked at
 * @param drain how long a connection outlives its route, as the proxy's {@code drainDuration}
 * @param events told of each event, on the router's thread
 * @param problems told, in one line, why a changed folder of outages was not taken over; the routes stay as they were
 */
public record RouterOptions(
        int port,
        int meshPort,
        String database,
        Path steadyState,
        Path outages,
        Duration poll,
        Duration drain,
        Workload workload,
        OutboundTraffic unknownHosts,
        Services services,
        Consumer<MeshEvent> events,
        Consumer<String> problems) {}
