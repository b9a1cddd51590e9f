package dev.databasetraffic.mesh.model;

import java.util.List;
import java.util.Map;

/**
 * What a waypoint has, besides the ways to hosts that it does not serve.
 *
 * @param requests how plain HTTP requests are routed, by the chain's name
 */
public record WaypointConfiguration(
        List<WaypointChain> chains, Map<String, Cluster> clusters, Map<String, List<RequestRoute>> requests) {}
