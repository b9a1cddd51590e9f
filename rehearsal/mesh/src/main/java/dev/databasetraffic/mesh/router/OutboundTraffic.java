package dev.databasetraffic.mesh.router;

/** The mesh's policy for hosts that it was not told of: {@code meshConfig.outboundTrafficPolicy.mode}. */
public enum OutboundTraffic {
    /** They are reached as without a mesh. */
    ALLOW_ANY,
    /** Their connections are closed. */
    REGISTRY_ONLY
}
