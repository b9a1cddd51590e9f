package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.manifest.Manifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a proxy sends connections to, under istiod's name for it.
 *
 * @param tls how the proxy speaks TLS towards it: SIMPLE, MUTUAL, ISTIO_MUTUAL, or null for bytes as they come
 * @param sni the server name that its TLS asks for, empty for none
 * @param host the host and port behind it
 * @param policies the DestinationRules that hold for it
 */
public record Cluster(
        String name,
        Type type,
        @Nullable String tls,
        String sni,
        RegisteredHost host,
        int port,
        List<Manifest> policies) {

    /** Takes connections to hosts that nobody declared where they meant to go. */
    public static final String PASSTHROUGH = "PassthroughCluster";
    /** Closes them. */
    public static final String BLACK_HOLE = "BlackHoleCluster";

    /** How its endpoints are found, in Envoy's words. */
    public enum Type {
        EDS,
        STRICT_DNS,
        LOGICAL_DNS,
        ORIGINAL_DST,
        DYNAMIC_FORWARD_PROXY
    }

    static String name(String subset, Hostname host, int port) {
        return "outbound|" + port + "|" + subset + "|" + host;
    }

    /** A cluster's name for a reader: {@code outbound|443||db.example.com} as {@code db.example.com:443}. */
    public static String readable(String name) {
        String[] parts = name.split("\\|", -1);
        return parts.length < 4 ? name : parts[3] + ":" + parts[1];
    }
}
