package dev.databasetraffic.mesh.model;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A filter chain of a listener: which connections it takes, and what becomes of them.
 *
 * @param serverNames of the TLS greeting; empty or {@code *} for any and none
 * @param applicationProtocols what the first bytes must be, empty for anything
 * @param plaintext whether only connections without TLS are taken
 * @param ranges destination addresses in CIDR notation, empty for any
 */
public record FilterChain(
        List<String> serverNames,
        List<String> applicationProtocols,
        boolean plaintext,
        List<String> ranges,
        Target target,
        Origin origin) {

    static final List<String> PLAINTEXT_HTTP = List.of("http/1.1", "h2c");

    /** Whose connections nobody else takes. */
    boolean isMatchAll() {
        return (serverNames.isEmpty() || serverNames.contains("*"))
                && applicationProtocols.isEmpty()
                && !plaintext
                && ranges.isEmpty();
    }

    /** Whether Envoy takes both for one, so that replacing one by the other disturbs no connection. */
    public boolean isSameAs(FilterChain other) {
        return serverNames.equals(other.serverNames)
                && applicationProtocols.equals(other.applicationProtocols)
                && plaintext == other.plaintext
                && ranges.equals(other.ranges)
                && target.equals(other.target)
                && origin.label().equals(other.origin.label());
    }

    /** Whether both take the same connections, so that istiod keeps the first alone (listener.go, conflictsWith). */
    boolean conflictsWith(FilterChain other) {
        return plaintext == other.plaintext
                && applicationProtocols.equals(other.applicationProtocols)
                && names(serverNames).equals(names(other.serverNames))
                && names(ranges).equals(names(other.ranges));
    }

    private static Set<String> names(List<String> listed) {
        Set<String> names = new TreeSet<>(listed);
        names.remove("*");
        return names;
    }

    /** The server names as Envoy gets them: none where {@code *} is among them. */
    public List<String> matchedNames() {
        return serverNames.contains("*")
                ? List.of()
                : serverNames.stream().sorted().toList();
    }
}
