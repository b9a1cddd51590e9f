package dev.databasetraffic.mesh.model;

/**
 * What a waypoint does with connections to a port of a host that it serves. It finds the chain by the address and port that
 * the client meant, and so looks at no server name.
 */
public record WaypointChain(String name, RegisteredHost host, RegisteredHost.Port port, Target target, Origin origin) {}
