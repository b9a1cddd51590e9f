package dev.databasetraffic.mesh.envoy;

import dev.databasetraffic.mesh.envoy.EnvoyAdmin.Connections;
import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.traffic.Flow;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import dev.databasetraffic.mesh.traffic.RuleInForce.Destination;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** What one Envoy counts of the connections to one host, by where they are led and ever were. Confined to one thread. */
public final class EnvoyFlows {

    /** What the name of a cluster begins with that leads to the workload itself. */
    private static final String INBOUND = "inbound|";

    private static final String BYTES = "upstream_cx_rx_bytes_total|upstream_cx_tx_bytes_total";
    static final String WITHOUT_ENDPOINT = "upstream_cx_none_healthy";

    private final EnvoyAdmin admin;
    private final HostInMesh host;
    private final HostTargets targets;
    private final Set<String> everLedTo = new TreeSet<>();
    private Set<String> ledTo = Set.of();
    private OptionalLong requests = OptionalLong.empty();

    public EnvoyFlows(EnvoyAdmin admin, HostInMesh host) {
        this.admin = admin;
        this.host = host;
        this.targets = new HostTargets(admin, host);
        everLedTo.add(host.healthy());
    }

    /** Asks anew. A cluster's figures include what others than this host's callers send there. */
    public List<Flow> look() throws IOException, InterruptedException {
        ledTo = targets.look();
        everLedTo.addAll(ledTo);
        Map<String, Connections> connections = admin.connections();
        requests = requests(connections);
        Map<String, Long> bytes = admin.counted(BYTES);
        Map<String, Long> without = admin.counted(WITHOUT_ENDPOINT);
        List<Flow> flows = new ArrayList<>();
        for (String cluster : everLedTo) {
            Connections its = connections.getOrDefault(cluster, Connections.NONE);
            long reset = without.getOrDefault(EnvoyAdmin.statName(cluster), 0L);
            flows.add(new Flow(
                    host.name(),
                    Cluster.readable(cluster),
                    its.inUse(),
                    its.attempts() + reset,
                    its.refused() + reset,
                    bytes.get(EnvoyAdmin.statName(cluster))));
        }
        return flows;
    }

    /** What callers have asked the workload itself through this Envoy, as of the last look; empty if that is not its way. */
    public OptionalLong requests() {
        return requests;
    }

    private static OptionalLong requests(Map<String, Connections> connections) {
        List<Connections> inbound = connections.entrySet().stream()
                .filter(cluster -> cluster.getKey().startsWith(INBOUND))
                .map(Map.Entry::getValue)
                .toList();
        return inbound.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        inbound.stream().mapToLong(Connections::requests).sum());
    }

    /** That the host's connections were led elsewhere at the last look; which resource says so is not told by Envoy. */
    public Optional<RuleInForce> rule() {
        if (ledTo.isEmpty() || ledTo.equals(Set.of(host.healthy()))) {
            return Optional.empty();
        }
        List<Destination> shares = ledTo.stream()
                .map(cluster -> new Destination(Cluster.readable(cluster), 0))
                .toList();
        return Optional.of(new RuleInForce(host.name(), "A rule that Envoy has", "", "", shares));
    }
}
