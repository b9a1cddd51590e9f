package dev.databasetraffic.mesh.router;

import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.model.FilterChain;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.Target;
import dev.databasetraffic.mesh.model.Target.Share;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where one connection goes. */
sealed interface Way {

    /** Where it was led, as HOST:PORT. */
    String target();

    /** What it is called in events. */
    String description();

    /** To somebody who listens on this machine. */
    record To(String target, InetSocketAddress address) implements Way {

        @Override
        public String description() {
            return target;
        }
    }

    /** Nowhere: it is reset; {@code flag} is what Envoy's access log shows as the response flag. */
    record Reset(String target, String reason, String flag) implements Way {

        @Override
        public String description() {
            return target + " (reset: " + reason + ", " + flag + ")";
        }
    }

    /**
     * Rolls the dice, once per connection and not per call.
     *
     * @param meant the host and port that the client means, where a host that nobody declared is passed on to
     */
    static Way choose(
            @Nullable FilterChain chain,
            String host,
            int port,
            ProxyConfiguration proxy,
            Endpoints endpoints,
            RandomGenerator random) {
        String name = chain == null ? Cluster.PASSTHROUGH : cluster(chain, random);
        String meant = host + ":" + port;
        if (name.equals(Cluster.BLACK_HOLE)) {
            return new Reset(meant, "the mesh does not know this host", "UH");
        }
        Cluster cluster = proxy.clusters().get(name);
        if (name.equals(Cluster.PASSTHROUGH) || cluster != null && cluster.type() == Cluster.Type.ORIGINAL_DST) {
            return to(meant, host, port, endpoints);
        }
        if (cluster == null) {
            return new Reset(Cluster.readable(name), "no such host and port", "NC");
        }
        return to(Cluster.readable(name), cluster.host().hostname().value(), cluster.port(), endpoints);
    }

    private static Way to(String description, String host, int port, Endpoints endpoints) {
        return endpoints
                .of(host, port)
                .<Way>map(address -> new To(description, address))
                .orElseGet(() -> new Reset(description, "no endpoints", "UH"));
    }

    private static String cluster(FilterChain chain, RandomGenerator random) {
        // Requests are not routed here one by one: they go where the host's own cluster leads.
        if (!(chain.target() instanceof Target.Clusters clusters)
                || clusters.shares().isEmpty()) {
            return Cluster.PASSTHROUGH;
        }
        List<Share> shares = clusters.shares();
        int roll = random.nextInt(shares.stream().mapToInt(Share::weight).sum());
        for (Share share : shares) {
            roll -= share.weight();
            if (roll < 0) {
                return share.cluster();
            }
        }
        throw new IllegalStateException("weights that do not add up");
    }

    /** All that a chain may lead to, as HOST:PORT. */
    static String describe(@Nullable FilterChain chain) {
        if (chain == null || !(chain.target() instanceof Target.Clusters clusters)) {
            return "nowhere";
        }
        return clusters.shares().stream()
                .map(share -> Cluster.readable(share.cluster()))
                .collect(Collectors.joining(" or "));
    }
}
