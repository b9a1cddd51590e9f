package dev.databasetraffic.mesh.traffic;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.model.FilterChain;
import dev.databasetraffic.mesh.model.Origin;
import dev.databasetraffic.mesh.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule that leads a host's connections, by what the mesh makes of it and not by what it says.
 *
 * @param host whose connections
 * @param manifest where it is written
 * @param shares where they are led
 */
public record RuleInForce(String host, Manifest manifest, List<Destination> shares) {

    /**
     * A part of the connections.
     *
     * @param target as HOST:PORT
     * @param weight out of the sum of all weights
     */
    public record Destination(String target, int weight) {}

    /** @return empty if no rule made the chain: the host goes its own way */
    public static Optional<RuleInForce> of(String host, @Nullable FilterChain chain) {
        if (chain == null
                || !(chain.origin() instanceof Origin.Route route)
                || !(chain.target() instanceof Target.Clusters clusters)) {
            return Optional.empty();
        }
        List<Destination> shares = clusters.shares().stream()
                .map(share -> new Destination(Cluster.readable(share.cluster()), share.weight()))
                .toList();
        return Optional.of(new RuleInForce(host, route.manifest(), shares));
    }

    /** What it does, in a sentence. */
    public String sentence() {
        int all = shares.stream().mapToInt(Destination::weight).sum();
        String targets = shares.size() == 1
                ? shares.get(0).target()
                : shares.stream()
                        .map(share -> "%s (%d %%)".formatted(share.target(), Math.round(100.0 * share.weight() / all)))
                        .collect(Collectors.joining(" or "));
        return "New connections to " + host + " are led to " + (shares.isEmpty() ? "nowhere" : targets) + ".";
    }
}
