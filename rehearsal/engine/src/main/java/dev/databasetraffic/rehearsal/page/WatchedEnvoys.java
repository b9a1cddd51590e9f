package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.envoy.EnvoyFlows;
import dev.databasetraffic.mesh.traffic.Flow;
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
 * @param logs opens the service's log
 * @param rules finds the resources behind what the Envoys do
 * @param events where to ask to be told of events
 */
public record WatchedEnvoys(
        String service,
        URI address,
        String host,
        Duration drain,
        Instances instances,
        LogSource logs,
        RuleLookup rules,
        Consumer<Consumer<MeshEvent>> events)
        implements Watched {

    /** @param ready whether callers are sent there */
    public record Instance(EnvoyFlows flows, boolean ready) {}

    /** The service's instances, each with its own Envoy. */
    public interface Instances {

        /**
         * Those of now, by name.
         *
         * @throws IOException if nobody can tell
         */
        Map<String, Instance> now() throws IOException, InterruptedException;

        /** Nobody asks any more for a while. */
        default void rest() {}
    }

    /** Where a service's log is. */
    public interface LogSource {

        /** @throws IOException if it cannot be read */
        ServiceLog open() throws IOException;
    }

    @Override
    public Look look() throws IOException, InterruptedException {
        List<Look.Replica> replicas = new ArrayList<>();
        Set<RuleInForce> seen = new LinkedHashSet<>();
        IOException failure = null;
        Map<String, Instance> now = instances.now();
        for (Map.Entry<String, Instance> instance : now.entrySet()) {
            try {
                replicas.add(replica(instance.getKey(), instance.getValue()));
                instance.getValue().flows().rule().ifPresent(seen::add);
            } catch (IOException e) {
                // One that has just gone is no reason not to show the others.
                failure = e;
                replicas.add(new Look.Replica(
                        instance.getKey(), "Envoy, which does not answer", OptionalLong.empty(), List.of()));
            }
        }
        if (failure != null && now.size() == 1) {
            throw failure;
        }
        return new Look(replicas, List.copyOf(rules.behind(seen)));
    }

    private static Look.Replica replica(String name, Instance instance) throws IOException, InterruptedException {
        List<Flow> flows = instance.flows().look();
        String proxy = instance.ready() ? "Envoy" : "Envoy; not ready for callers";
        return new Look.Replica(name, proxy, instance.flows().requests(), flows);
    }

    @Override
    public ServiceLog log() throws IOException {
        return logs.open();
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> listener) {
        events.accept(listener);
    }

    @Override
    public void rest() {
        instances.rest();
    }
}
