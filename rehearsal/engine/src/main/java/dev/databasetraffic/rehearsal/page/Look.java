package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.traffic.Flow;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the mesh counts at one moment.
 *
 * @param rules those that lead a host's connections now
 */
public record Look(List<Replica> replicas, List<RuleInForce> rules) {

    /**
     * One instance of the service, with its proxy.
     *
     * @param proxy what stands between it and its hosts, e.g. {@code Envoy}
     * @param requests that it has been asked since its start; empty if nobody counts them
     * @param flows its connections since the proxy's start
     */
    public record Replica(String name, String proxy, OptionalLong requests, List<Flow> flows) {}
}
