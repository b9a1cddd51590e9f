package dev.databasetraffic.mesh.router;

import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a router stands in for a sidecar.
 *
 * @param entrances where the workload connects to; the first one's host is the one whose way is told as events
 * @param steadyState files and folders of the manifests that stay
 * @param outages an existing folder, watched: a manifest that lies in it is in force
 * @param poll how often that folder is looked at
 * @param drain how long a connection outlives its route, as the proxy's {@code drainDuration}
 * @param events told of each event, on the router's thread
 * @param problems told, in one line, why a changed folder of outages was not taken over; the routes stay as they were
 */
public record RouterOptions(
        List<Entrance> entrances,
        List<Path> steadyState,
        Path outages,
        Duration poll,
        Duration drain,
        Workload workload,
        MeshOptions mesh,
        Endpoints endpoints,
        Consumer<MeshEvent> events,
        Consumer<String> problems) {

    public RouterOptions {
        if (entrances.isEmpty()) {
            throw new IllegalArgumentException("a router needs an entrance");
        }
        entrances = List.copyOf(entrances);
        steadyState = List.copyOf(steadyState);
    }

    /**
     * A port of this machine that stands for a host's in the mesh, since nothing redirects the workload's connections.
     *
     * @param port to listen on at the loopback address, 0 for any free one
     * @param host as the manifests declare it; at a port that tells hosts apart by server name others come in by it too
     * @param meshPort the port that the workload means
     */
    public record Entrance(int port, String host, int meshPort) {}
}
