package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.envoy.EnvoyFlows;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A service behind real Envoys, which are asked on their admin interfaces.
 *
 * @param envoys by the name of the instance that each is the proxy of
 * @param logs opens the service's log
 * @param events where to ask to be told of events
 */
public record WatchedEnvoys(
        String service,
        URI address,
        String host,
        Duration drain,
        Map<String, EnvoyFlows> envoys,
        LogSource logs,
        Consumer<Consumer<MeshEvent>> events)
        implements Watched {

    /** Where a service's log is. */
    public interface LogSource {

        /** @throws IOException if it cannot be read */
        ServiceLog open() throws IOException;
    }

    @Override
    public Look look() throws IOException, InterruptedException {
        List<Look.Replica> replicas = new ArrayList<>();
        Set<RuleInForce> rules = new LinkedHashSet<>();
        for (Map.Entry<String, EnvoyFlows> envoy : envoys.entrySet()) {
            replicas.add(new Look.Replica(
                    envoy.getKey(),
                    "Envoy",
                    OptionalLong.empty(),
                    envoy.getValue().look()));
            envoy.getValue().rule().ifPresent(rules::add);
        }
        return new Look(replicas, List.copyOf(rules));
    }

    @Override
    public ServiceLog log() throws IOException {
        return logs.open();
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> listener) {
        events.accept(listener);
    }
}
